/// A secret that does not have its scheme's form; the text says what was expected and never repeats the secret.
package struct SigningSecretError: Error, Equatable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Why a control request was not carried out, in words for the person who sent it.
struct ControlProblem: Error, Equatable {
    var status = 400
    let message: String

    init(_ message: String, status: Int = 400) {
        self.status = status
        self.message = message
    }
}

/// A plain actor with one number.
actor Cell {
    private(set) var value = 0
    func add(_ number: Int) { value += number }
    func set(_ number: Int) { value = number }
}

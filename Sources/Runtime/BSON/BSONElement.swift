/// Where one element of a document lies.
struct BSONElement {
    let type: BSONType
    let key: Range<Int>
    let value: Range<Int>
}

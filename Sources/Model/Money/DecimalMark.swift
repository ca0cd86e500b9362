/// What stands before the decimals of a price.
enum DecimalMark: Hashable {
    case point, comma
}

//! What can be the number of a card.

/// Whether it is digits alone, and as many as these.
pub(crate) fn is_digits(text: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it has as many digits as card numbers have, and the last is the right check digit.
pub(crate) fn is_card_number(number: &str) -> bool {
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit.wrapping_sub(b'0')) << (place % 2))
        .map(|doubled| if doubled > 9 { doubled - 9 } else { doubled })
        .sum();
    is_digits(number, 12..=19) && sum.is_multiple_of(10)
}

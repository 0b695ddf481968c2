//! Proof that no card number is written out in code unless the feature `raw-card-data` says so.

/// With the feature this compiles:
///
/// ```
/// use kessai_univapay::token_data::NewCardData;
///
/// let card = NewCardData::new("4242", "09", "31");
/// ```
#[cfg(all(doctest, feature = "raw-card-data"))]
struct IsOn;

/// Without it the same does not:
///
/// ```compile_fail
/// use kessai_univapay::token_data::NewCardData;
///
/// let card = NewCardData::new("4242", "09", "31");
/// ```
///
/// Nor does a change of a card:
///
/// ```compile_fail
/// use kessai_univapay::tokens::UpdateTokenData;
///
/// let card = UpdateTokenData { cvv: Some("123".into()), ..UpdateTokenData::default() };
/// ```
#[cfg(all(doctest, not(feature = "raw-card-data")))]
struct IsOff;

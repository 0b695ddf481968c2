//! Proof that no card number is written out in code unless the feature `raw-card-data` says so.

/// With the feature this compiles:
///
/// ```
/// use kessai_appotapay::shared::CardInput;
///
/// let card = CardInput::new("4000000000001000", "NGUYEN VAN A", "09", "31", "123");
/// ```
#[cfg(all(doctest, feature = "raw-card-data"))]
struct IsOn;

/// Without it the same does not:
///
/// ```compile_fail
/// use kessai_appotapay::shared::CardInput;
///
/// let card = CardInput::new("4000000000001000", "NGUYEN VAN A", "09", "31", "123");
/// ```
#[cfg(all(doctest, not(feature = "raw-card-data")))]
struct IsOff;

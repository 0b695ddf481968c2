#![doc = include_str!("../README.md")]

#[cfg(feature = "appotapay")]
pub use kessai_appotapay as appotapay;
#[cfg(feature = "elepay")]
pub use kessai_elepay as elepay;
#[cfg(feature = "journal")]
pub use kessai_journal as journal;
#[cfg(feature = "univapay")]
pub use kessai_univapay as univapay;
#[cfg(feature = "zafapay")]
pub use kessai_zafapay as zafapay;

pub use kessai_core::{
    Call, Decimal, Error, Id, Limits, Looks, Network, Outcome, Patience, Proxy, Refusal, Rejected,
    Response, Retry, RetryBudget, Secret, Settled, Sight, WaitError, drift,
};

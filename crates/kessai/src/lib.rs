#![doc = include_str!("../README.md")]

#[cfg(feature = "appotapay")]
pub use kessai_appotapay as appotapay;
#[cfg(feature = "elepay")]
pub use kessai_elepay as elepay;
#[cfg(feature = "univapay")]
pub use kessai_univapay as univapay;
#[cfg(feature = "zafapay")]
pub use kessai_zafapay as zafapay;

pub use kessai_core::{
    Call, Error, Id, Limits, Network, Outcome, Proxy, Refusal, Response, Retry, RetryBudget,
    Secret, drift,
};

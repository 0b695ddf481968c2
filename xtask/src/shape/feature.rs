//! Types that nobody outside makes without a feature of the crate.
//!
//! Without it the struct can neither be written out nor made by a function of ours. With it, it is
//! as any other that is sent.

use proc_macro2::TokenStream;
use quote::quote;

/// A description, and the feature that it takes.
pub(super) fn told(description: &str, feature: Option<&str>) -> String {
    match feature {
        Some(feature) => format!(
            "{description}\n\nOnly with the feature `{feature}` of this crate can one be made."
        ),
        None => description.to_owned(),
    }
}

/// What stands before the struct.
pub(super) fn definition(feature: &str, default: bool) -> TokenStream {
    let default = default.then(|| quote!(#[cfg_attr(feature = #feature, derive(Default))]));
    quote!(#default #[cfg_attr(not(feature = #feature), non_exhaustive)])
}

/// What stands before its constructor.
pub(super) fn constructor(feature: &str) -> TokenStream {
    quote!(#[cfg(feature = #feature)])
}

/// What is said above an example that makes one.
pub(super) fn remark(feature: &str) -> [String; 2] {
    [format!("With the feature `{feature}`:"), String::new()]
}

/// What keeps such an example from being compiled without the feature.
pub(super) fn hidden(feature: &str) -> String {
    format!("# #[cfg(feature = {feature:?})]")
}

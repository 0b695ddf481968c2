//! Pages to pay on.
//!
//! There is one [form](FORM_ID), one [product](PRODUCT_ID), one [link](LINK_ID) that sells it and
//! one [mail](EMAIL_ID) with the link, as if somebody had made them in the console. No customer pays
//! on a page, so that the mail is `awaiting` for good.

mod gateway;
mod links;
mod standing;

pub(super) use gateway::ask as gateway;
pub(super) use links::{Link, create, get as link, info, products};
pub(super) use standing::{email, form, product, product_by_code};

/// The form.
pub const FORM_ID: &str = "11f00000-0000-4000-8000-000000000010";
/// The link that was made with the form.
pub const LINK_ID: &str = "11f00000-0000-4000-8000-000000000011";
/// The secret of [`LINK_ID`].
pub const LINK_SECRET: &str = "kessai-sandbox-link";
/// What the link sells.
pub const PRODUCT_ID: &str = "11f00000-0000-4000-8000-000000000012";
/// The merchant's own code for [`PRODUCT_ID`].
pub const PRODUCT_CODE: &str = "KESSAI-1";
/// The mail that the link is in.
pub const EMAIL_ID: &str = "11f00000-0000-4000-8000-000000000013";

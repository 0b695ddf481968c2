//! Transfers to an account that stands for one charge.

use super::term::Term;
use super::{Data, Refusal, text, word};
use crate::object::Object;

/// The bank that there is, and the one of test mode.
const BRANDS: &[&str] = &["aozora_bank", "bank_test_brand"];

#[derive(Clone)]
pub(in crate::univapay) struct Transfer {
    pub(super) brand: String,
    pub(super) term: Term,
    pub(super) name: Option<String>,
}

impl Transfer {
    pub(super) fn read(data: &Data) -> Result<Self, Refusal> {
        let brand = word(data, "brand", BRANDS)?;
        let name = text(data, "name")?.map(str::to_owned);
        Ok(Self { brand, term: Term::read(data)?, name })
    }

    pub(super) fn show(&self) -> Object {
        self.term.show(Object::new().put("brand", &*self.brand))
    }
}

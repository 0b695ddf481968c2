//! Codes that the customer shows, and codes that the customer scans.

use super::{Data, Refusal, is_refused, needed};
use crate::object::Object;

/// What a scanner has read; of that only this is kept.
#[derive(Clone)]
pub(in crate::univapay) struct Scanned {
    pub(super) brand: Option<String>,
    pub(super) refused: bool,
}

impl Scanned {
    pub(super) fn read(data: &Data) -> Result<Self, Refusal> {
        let code = needed(data, "scanned_qr")?;
        let brand = code.split_once(':').map(|(brand, _)| brand.to_owned());
        Ok(Self { brand, refused: is_refused(&code) })
    }

    pub(super) fn show(&self) -> Object {
        Object::new().put_some("brand", self.brand.as_deref())
    }
}

/// A code to be scanned.
#[derive(Clone)]
pub(in crate::univapay) struct Shown {
    pub(super) brand: String,
    /// What it says, once it is ready.
    pub(in crate::univapay) image: Option<String>,
}

impl Shown {
    pub(super) fn read(data: &Data) -> Result<Self, Refusal> {
        Ok(Self { brand: needed(data, "brand")?, image: None })
    }

    pub(super) fn show(&self) -> Object {
        Object::new().put_some("qr_image_url", self.image.as_deref()).put("brand", &*self.brand)
    }
}

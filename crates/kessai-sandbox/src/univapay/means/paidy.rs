//! Paidy, which the customer has agreed to in its widget.

use serde_json::{Map, Value};

use super::{Data, Refusal, invalid, is_refused, needed, text};
use crate::object::Object;

/// What an address has beside the postal code, one of which is needed.
const ADDRESS: &[&str] = &["line1", "line2", "city", "state"];

#[derive(Clone)]
pub(in crate::univapay) struct Paidy {
    token: String,
    pub(super) refused: bool,
    phone: Option<Value>,
    address: Map<String, Value>,
}

impl Paidy {
    pub(super) fn read(data: &Data) -> Result<Self, Refusal> {
        let token = needed(data, "paidy_token")?;
        let sent = data.get("shipping_address").and_then(Value::as_object);
        let sent = sent.ok_or_else(|| invalid("shipping_address", "REQUIRED_VALUE"))?;
        let mut address = Map::from_iter([("zip".to_owned(), needed(sent, "zip")?.into())]);
        for name in ADDRESS {
            if let Some(line) = text(sent, name)? {
                address.insert((*name).to_owned(), line.into());
            }
        }
        if address.len() < 2 {
            let reason = "PAIDY_SHIPPING_ADDRESS_NEEDS_ONE_OPTIONAL_FIELD";
            return Err(invalid("shipping_address", reason));
        }
        let phone = data.get("phone_number").filter(|phone| !phone.is_null()).cloned();
        Ok(Self { refused: is_refused(&token), token, phone, address })
    }

    pub(super) fn phone(&self) -> Option<&str> {
        match self.phone.as_ref()? {
            Value::String(phone) => Some(phone),
            phone => phone["local_number"].as_str(),
        }
    }

    pub(super) fn show(&self) -> Object {
        Object::new()
            .put("paidy_token", &*self.token)
            .put_some("phone_number", self.phone.clone())
            .put("shipping_address", self.address.clone())
    }
}

//! Wallets that open a page or an app of their own.

use super::{Data, Refusal, invalid, needed, text, word};
use crate::object::Object;

const CALL_METHODS: &[&str] = &["http_get", "http_post", "http_get_mobile", "sdk", "web", "app"];

/// Those that have to know what runs on the customer's device.
const ON_DEVICES: &[&str] = &["app", "sdk", "http_get_mobile"];

#[derive(Clone)]
pub(in crate::univapay) struct Wallet {
    pub(super) brand: String,
    pub(in crate::univapay) call_method: String,
    system: Option<String>,
    user: Option<String>,
}

impl Wallet {
    pub(super) fn read(data: &Data) -> Result<Self, Refusal> {
        let brand = needed(data, "brand")?;
        let call_method = word(data, "call_method", CALL_METHODS)?;
        let system = match text(data, "os_type")? {
            None if ON_DEVICES.contains(&&*call_method) => {
                return Err(invalid("os_type", "REQUIRED_VALUE"));
            }
            None => None,
            Some(_) => Some(word(data, "os_type", &["android", "ios"])?),
        };
        let user = text(data, "user_identifier")?.map(str::to_owned);
        Ok(Self { brand, call_method, system, user })
    }

    /// Whether UnivaPay wants to know the customer's address in the net.
    pub(in crate::univapay) fn wants_ip(&self) -> bool {
        self.brand == "we_chat_online" && matches!(&*self.call_method, "web" | "http_get")
    }

    pub(super) fn show(&self) -> Object {
        Object::new()
            .put("brand", &*self.brand)
            .put("call_method", &*self.call_method)
            .put_some("os_type", self.system.as_deref())
            .put_some("user_identifier", self.user.as_deref())
            .put_some("user_identifier_source", self.user.as_ref().map(|_| "provided"))
    }
}

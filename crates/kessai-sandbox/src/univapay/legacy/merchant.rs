//! The platform, and what the merchant has handed in for the review of its account.

use hyper::StatusCode;

use super::record::Record;
use crate::calendar::iso;
use crate::document::Call;
use crate::object::Object;
use crate::said::Said;
use crate::univapay::refusal::{self, Code, Refusal, code, invalid};
use crate::univapay::state::State;

const EXISTS: Code = code(StatusCode::CONFLICT, "VERIFICATION_DATA_EXISTS");

const MEMBERS: &[&str] = &[
    "homepage_url",
    "company_description",
    "company_contact_info",
    "business_type",
    "system_manager_name",
    "system_manager_number",
    "system_manager_email",
    "customer_contact_email",
    "customer_contact_number",
    "recurring_token_request",
    "recurring_token_request_reason",
    "allow_empty_cvv",
];

/// The platform that answers.
pub(super) const PLATFORM_ID: &str = "11f00000-0000-4000-8000-000000000001";

/// What was handed in.
pub(super) struct Verification {
    id: String,
    members: Record,
    created: i64,
    updated: Option<i64>,
}

pub(super) fn heartbeat(_: &State) -> Said {
    Said::nothing()
}

pub(super) fn platform(state: &State) -> Said {
    let methods = ["card", "qr_scan", "konbini", "paidy", "qr_merchant", "online", "bank_transfer"];
    let brands = ["visa", "american_express", "mastercard", "jcb", "diners_club"];
    let configuration = Object::new()
        .put("country", "JP")
        .put("currency", "JPY")
        .put("default_language", "ja_jp")
        .put("supported_languages", vec!["ja_jp", "en_us"])
        .put("time_zone", "Asia/Tokyo");
    Object::new()
        .put("id", PLATFORM_ID)
        .put("domain", "kessai.invalid")
        .put("name", "Kessai Sandbox Platform")
        .put("created_on", iso(state.born))
        .put("supported_payment_types", methods.to_vec())
        .put("supported_card_brands", brands.to_vec())
        .object("configuration", &configuration)
        .into()
}

/// What the document says of a member in words.
fn check(call: &Call) -> Result<(), Refusal> {
    let is_url = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    if call.body.text("homepage_url").is_some_and(|text| !is_url(text)) {
        return Err(invalid("homepage_url", "INVALID_FORMAT_URL"));
    }
    for name in ["system_manager_email", "customer_contact_email"] {
        if call.body.text(name).is_some_and(|text| !text.contains('@')) {
            return Err(invalid(name, "INVALID_FORMAT_EMAIL"));
        }
    }
    Ok(())
}

pub(super) fn create(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    if state.legacy.verification.is_some() {
        return Err(EXISTS.into());
    }
    check(call)?;
    let verification = Verification {
        id: state.ids.next_uuid(),
        members: Record::read(&call.body, MEMBERS, &Record::default()),
        created: state.now,
        updated: None,
    };
    let said = Said::created(&show(&verification));
    state.legacy.verification = Some(verification);
    Ok(said)
}

pub(super) fn get(state: &State, _: &Call) -> Result<Said, Refusal> {
    let verification = state.legacy.verification.as_ref();
    Ok(show(verification.ok_or(refusal::NOT_FOUND)?).into())
}

pub(super) fn update(state: &mut State, call: &Call) -> Result<Said, Refusal> {
    let now = state.now;
    let verification = state.legacy.verification.as_mut().ok_or(refusal::NOT_FOUND)?;
    check(call)?;
    verification.members = Record::read(&call.body, MEMBERS, &verification.members);
    verification.updated = Some(now);
    Ok(show(verification).into())
}

/// What does not apply is left out.
fn show(verification: &Verification) -> Object {
    let object = verification.members.put(Object::new().put("id", &*verification.id));
    object
        .put("created_on", iso(verification.created))
        .put_some("updated_on", verification.updated.map(iso))
}

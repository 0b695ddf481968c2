//! What is signed, against the texts of the pages and against another program.

use std::fmt::Write as _;

use kessai_core::Decode as _;

use super::*;

fn credentials() -> Credentials {
    Credentials::new("APPOTAPAY", "api-key", "secret-key").expect("keys")
}

/// What is signed of `body`.
fn text(members: &[&str], body: &str) -> String {
    let body = Json::parse(body).expect("JSON");
    joined(pairs(members, |path| value(&body, path)).expect("pairs"))
}

#[test]
fn members_are_sorted_by_their_last_names_and_written_raw() {
    let body = r#"{"b": 50000, "a": {"z": "Thanh toán & hóa đơn "}, "c": "\u1ea1\/"}"#;
    assert_eq!(text(&["b", "a.z", "c"], body), "b=50000&c=ạ/&z=Thanh toán & hóa đơn ");
}

#[test]
fn what_is_missing_is_empty_unless_it_is_signed_only_when_sent() {
    assert_eq!(text(&["a", "b?", "c", "d=Array"], r#"{"c":null}"#), "a=&c=&d=Array");
    assert_eq!(text(&["a", "b?"], r#"{"a":"","b":""}"#), "a=&b=");
}

#[test]
fn an_object_is_signed_in_the_order_in_which_it_came() {
    let body = r#"{"payment": { "z" : [ {"b": "x y\" ,", "a": 1.50 } ], "a":null }}"#;
    let signed = r#"payment={"z":[{"b":"x y\" ,","a":1.50}],"a":null}"#;
    assert_eq!(text(&["payment"], body), signed);
}

#[test]
fn a_signature_goes_into_the_body_as_its_last_member() {
    static SIGNED: Operation = Operation::post("pay", "/pay").signed(&["a"]);
    for (body, begin) in [(r#"{"a":1}"#, r#"{"a":1,"signature":""#), ("{}", r#"{"signature":""#)] {
        let mut sent = body.as_bytes().to_vec();
        let mut query = String::new();
        complete(&credentials(), &SIGNED, &mut query, &mut sent).expect("it is signed");
        let sent = String::from_utf8(sent).expect("UTF-8");
        assert!(sent.starts_with(begin) && query.is_empty(), "{sent}");
        assert_eq!(sent.len(), begin.len() + 64 + 2);
        Json::parse(&sent).expect("it is still JSON");
    }
    let list = &mut b"[1]".to_vec();
    assert!(complete(&credentials(), &SIGNED, &mut String::new(), list).is_err());
}

#[test]
fn card_charging_hashes_the_values_alone() {
    static CHECK: Operation = Operation::get("check", "/check")
        .keys(&["partner_token", "api_key"])
        .signed(&["partner_code", "transaction_id"]);
    let mut query = "partner_code=P%201&transaction_id=T".to_owned();
    complete(&credentials(), &CHECK, &mut query, &mut Vec::new()).expect("it is signed");
    let signature = hex(&digest(&[b"P 1Tsecret-key"]));
    let expected =
        format!("partner_code=P%201&transaction_id=T&signature={signature}&api_key=api-key");
    assert_eq!(query, expected);
}

#[test]
fn an_answer_counts_with_its_own_signature_alone() {
    let sign = |text: &str| hex(&credentials().tag(text.as_bytes()).into_bytes());
    let signature = sign("errorCode=0&sum=5");
    let check = |answer: &str, denied| {
        verify(&credentials(), &["errorCode", "a.sum"], answer.as_bytes(), denied).is_ok()
    };
    let answer = format!(r#"{{"errorCode":0,"a":{{"sum":5}},"signature":"{signature}"}}"#);
    assert!(check(&answer, false) && check(&answer, true));
    for changed in [("5", "6"), ("\"errorCode\":0", "\"errorCode\":1"), ("sum", "sun")] {
        let forged = answer.replacen(changed.0, changed.1, 1);
        assert!(!check(&forged, false) && !check(&forged, true), "{forged}");
    }
    for unsigned in
        [r#"{"errorCode":0}"#, r#"{"errorCode":0,"signature":""}"#, r#"{"signature":null}"#]
    {
        assert!(!check(unsigned, false) && check(unsigned, true), "{unsigned}");
    }
    let stripped = r#"{"errorCode":12,"a":{"sum":5}}"#;
    assert!(!check(stripped, true), "it tells of a sum, so it was signed");
    assert!(check("<html>", false), "what is no answer is refused by its reader");
}

#[test]
fn a_text_that_can_be_cut_in_two_ways_is_nobodys() {
    let sign = |text: &str| hex(&credentials().tag(text.as_bytes()).into_bytes());
    let genuine = |memo: &str, id: &str, text: &str| {
        let message = format!(r#"{{"memo":"{memo}","id":"{id}"}}"#);
        let message = Json::parse(&message).expect("JSON");
        is_genuine(&credentials(), &["memo", "id"], &message, &sign(text))
    };
    assert!(genuine("tea & cake", "1", "id=1&memo=tea & cake"));
    assert!(genuine("a=b&c=d", "1", "id=1&memo=a=b&c=d"));
    assert!(!genuine("x&memo=y", "1", "id=1&memo=x&memo=y"));
    assert!(!genuine("y", "1&memo=x", "id=1&memo=x&memo=y"), "the payer's words are no member");
}

/// A linear congruential generator, as the other program has it.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 32).expect("32 bits") % limit
    }

    fn text(&mut self, letters: &str) -> String {
        let letters: Vec<char> = letters.chars().collect();
        (0..self.below(12)).map(|_| letters[self.below(letters.len())]).collect()
    }

    /// The JSON text of a value, or none.
    fn value(&mut self) -> Option<String> {
        let plain = "abcXYZ019 đồạ";
        Some(match self.below(6) {
            0 => return None,
            1 => "null".to_owned(),
            2 => {
                let digit = self.below(10);
                (digit * 10_usize.pow(u32::try_from(self.below(15)).expect("small"))).to_string()
            }
            3 => {
                let (name, number) = (self.text(plain), self.below(1000));
                format!(r#"{{"list":[{{"{name}":{number}}},null,"{}"]}}"#, self.text(plain))
            }
            _ => {
                let text = self.text("abcXYZ019 &=+/%\"\\,:;{}[]<>'#?\tđồngạ円€😀");
                quoted(&text, self.below(2) == 0)
            }
        })
    }

    /// The members that are signed, and a message that has some of them.
    fn case(&mut self) -> (Vec<String>, String) {
        let (mut members, mut outer, mut inner) = (Vec::new(), Vec::new(), Vec::new());
        for name in [
            "amount",
            "bankCode",
            "billCode",
            "errorCode",
            "extraData",
            "memo",
            "orderId",
            "payment",
            "time",
            "transaction",
        ] {
            if self.below(3) == 0 {
                continue;
            }
            let is_nested = self.below(3) == 0;
            let mark = self.below(4);
            let path = if is_nested { format!("inner.{name}") } else { name.to_owned() };
            let side = if is_nested { &mut inner } else { &mut outer };
            side.extend(self.value().map(|value| format!("\"{name}\": {value}")));
            members.push(path + ["?", "=Array", "", ""][mark]);
        }
        if !inner.is_empty() {
            outer.push(format!("\"inner\" : {{ {} }}", inner.join(" ,")));
        }
        (members, format!("{{{}}}", outer.join(", ")))
    }
}

fn quoted(text: &str, is_ascii: bool) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\t' => quoted.push_str("\\t"),
            other if is_ascii && !other.is_ascii() => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    write!(quoted, "\\u{unit:04x}").expect("a text takes it");
                }
            }
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// What the other program printed.
struct Told {
    cases: i64,
    all: String,
    shown: Vec<Case>,
}

kessai_core::object!(
    Told,
    [(cases, "cases", required), (all, "all", required), (shown, "shown", required),]
);

/// One message that it signed.
struct Case {
    members: Vec<String>,
    message: String,
    text: String,
    signature: String,
}

kessai_core::object!(
    Case,
    [
        (members, "members", required),
        (message, "message", required),
        (text, "text", required),
        (signature, "signature", required),
    ]
);

#[test]
fn a_program_in_another_language_signs_the_same_for_10_000_random_messages() {
    let told = include_bytes!("../../../../tests/vectors/appotapay_signatures.json");
    let told = Told::decode(told).expect("what the other program printed");
    let mut numbers = Numbers(1);
    let mut signatures = Vec::new();
    for at in 0..usize::try_from(told.cases).expect("a number of cases") {
        let (members, message) = numbers.case();
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        let signed = text(&members, &message);
        let signature = hex(&credentials().tag(signed.as_bytes()).into_bytes());
        if let Some(case) = told.shown.get(at) {
            assert_eq!(
                (&case.members[..], &case.message),
                (&members_owned(&members)[..], &message)
            );
            assert_eq!((&case.text, &case.signature), (&signed, &signature), "{message}");
        }
        signatures.push(signature);
    }
    assert_eq!(signatures.len(), 10_000);
    assert_eq!(hex(&digest(&[signatures.concat().as_bytes()])), told.all);
}

fn members_owned(members: &[&str]) -> Vec<String> {
    members.iter().map(ToString::to_string).collect()
}

/// A vector of the folder of facts.
struct Vector {
    string_to_sign: String,
    hmac_sha256_hex: String,
    secret_key: String,
}

kessai_core::object!(
    Vector,
    [
        (string_to_sign, "string_to_sign", required),
        (hmac_sha256_hex, "hmac_sha256_hex", required),
        (secret_key, "secret_key", required),
    ]
);

fn vector(json: &str) -> Vector {
    Vector::decode(json.as_bytes()).expect("a vector")
}

/// What is signed of a request that the pages print beside the text to be signed.
fn signed_request(vector: &Vector, members: &[&str], request: &str) {
    assert_eq!(text(members, request), vector.string_to_sign);
    let credentials = Credentials::new("APPOTAPAY", "key", &*vector.secret_key).expect("keys");
    let tag = credentials.tag(vector.string_to_sign.as_bytes()).into_bytes();
    assert_eq!(hex(&tag), vector.hmac_sha256_hex);
}

macro_rules! vector {
    ($name:literal) => {
        vector(include_str!(concat!(
            "../../../../tests/vectors/appotapay/signature-",
            $name,
            "-vector-1.json"
        )))
    };
}

macro_rules! published {
    ($name:literal) => {
        include_str!(concat!("../../../../specs/appotapay/examples/published/", $name))
    };
}

#[test]
fn the_texts_that_the_pages_print_are_what_is_signed_of_the_requests_beside_them() {
    let account = ["accountNo", "accountType", "bankCode", "partnerRefId"];
    signed_request(
        &vector!("account-info"),
        &account,
        published!("transfer-account-info-request-1.json"),
    );
    let bill = ["billCode", "partnerRefId", "serviceCode"];
    signed_request(&vector!("bill-check"), &bill, published!("bill-check-request-1.json"));
    let close = ["accountNo", "billCode", "partnerRefId"];
    signed_request(
        &vector!("ebill-close"),
        &close,
        r#"{"accountNo":"902000668565","billCode":"VA586f8d6a684","partnerRefId":"123456"}"#,
    );
    let create = [
        "amount",
        "bankCode",
        "billCode",
        "billExpiryTime?",
        "billInfo",
        "customerName",
        "extraData?",
        "notifyUrl",
        "paymentCondition",
        "serviceCode?",
    ];
    signed_request(&vector!("ebill-create"), &create, published!("ebill-create-request-1.json"));
    let legacy = [
        "amount",
        "bankCode",
        "clientIp",
        "extraData",
        "notifyUrl",
        "orderId",
        "orderInfo",
        "paymentMethod",
        "redirectUrl",
    ];
    let request = r#"{"amount":10000,"bankCode":"VCB","clientIp":"103.53.171.140","extraData":"","notifyUrl":"http://yourwebsite.com/ipn","orderId":"5f61cf4f41e2b","orderInfo":"test thanh toan","paymentMethod":"ATM","redirectUrl":"http://yourwebsite.com/redirect"}"#;
    signed_request(&vector!("payment-params"), &legacy, request);
}

#[test]
fn packed_data_is_signed_as_the_text_it_is() {
    let vector = vector!("ipn-data");
    let credentials = Credentials::new("APPOTAPAY", "key", &*vector.secret_key).expect("keys");
    let tag = credentials.tag(vector.string_to_sign.as_bytes()).into_bytes();
    assert_eq!(hex(&tag), vector.hmac_sha256_hex);
}

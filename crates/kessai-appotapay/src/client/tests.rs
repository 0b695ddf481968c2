//! Where requests go.

use super::*;
use crate::fake::FakeEngine;
use crate::wallet_links::GetWalletLoginForm;

fn builder(environment: Environment) -> ClientBuilder {
    Client::builder(environment, Credentials::new("PARTNER", "key", "secret").expect("keys"))
}

/// The hosts of the gateway, the e-wallet's login and terminals.
fn hosts(builder: ClientBuilder) -> [String; 3] {
    let client = builder.engine(FakeEngine::new([])).build().expect("a client");
    let form = GetWalletLoginForm::new("key", "user.info", "code", "https://shop.example", "s");
    [
        client.transfers().find_by_partner_ref_id("R-1").url(),
        client.wallet_links().get_wallet_login_form(&form).url(),
        client.pos_payments().find_by_partner_ref_id("R-1").url(),
    ]
    .map(|url| url.expect("an address").splitn(4, '/').take(3).collect::<Vec<_>>().join("/"))
}

#[test]
fn each_environment_has_three_hosts() {
    assert_eq!(
        hosts(builder(Environment::Sandbox)),
        [
            "https://gateway.dev.appotapay.com",
            "https://ewallet.dev.appotapay.com",
            "https://pos-gw.dev.appotapay.com",
        ]
    );
    assert_eq!(
        hosts(builder(Environment::Production)),
        [
            "https://gateway.appotapay.com",
            "https://ewallet.appotapay.com",
            "https://pos-gw.appotapay.com",
        ]
    );
}

#[test]
fn a_chosen_address_stands_for_all_three_unless_others_are_named() {
    let local = || builder(Environment::Production).base_url("http://127.0.0.1:1");
    assert_eq!(hosts(local()), ["http://127.0.0.1:1"; 3], "no real host is left");
    assert_eq!(
        hosts(local().wallet_url("http://127.0.0.1:2").pos_url("http://127.0.0.1:3")),
        ["http://127.0.0.1:1", "http://127.0.0.1:2", "http://127.0.0.1:3"]
    );
}

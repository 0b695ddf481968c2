//! Keys of UnivaPay, from the login of a person to a key that no longer works.

use kessai_sandbox::Sandbox;
use kessai_sandbox::univapay::{Univapay, cards, legacy};
use kessai_univapay::errors::ErrorCode;
use kessai_univapay::legacy_auth::{Authenticate, CreateStoreAppJwt};
use kessai_univapay::shared::TokenKind;
use kessai_univapay::{AppToken, Client, Error, Outcome, Owner};

use super::univapay::{client, token};

fn with_key(univapay: &Univapay, token: AppToken) -> Client {
    Client::builder(token).base_url(univapay.base_url()).build().expect("a client")
}

#[tokio::test]
async fn a_new_key_pays_until_it_is_deleted() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let old = client(univapay);
    let store = old.store_id().expect("a store's token").clone();
    let body = CreateStoreAppJwt {
        domains: vec!["https://shop.hanaya.example".into()],
        ..CreateStoreAppJwt::default()
    };
    let made = old.legacy_auth().create_store_app_jwt(&store, &body).await?;
    let (secret, jwt) = (made.secret.expect("a secret"), made.jwt.expect("a JWT"));
    let key = AppToken::new(secret.reveal(), jwt.reveal()).expect("the token of an application");
    assert_eq!((key.owner(), key.store_id()), (Owner::Store, Some(&store)));

    let new = with_key(univapay, key);
    token(&new, cards::PAYS, TokenKind::OneTime).await?;
    old.legacy_auth().delete_store_app_jwt(&store, &made.jti).await?;

    let error =
        token(&new, cards::PAYS, TokenKind::OneTime).await.expect_err("a key that is deleted");
    assert_eq!(error.outcome(), Outcome::Refused);
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::InvalidAppToken));
    token(&old, cards::PAYS, TokenKind::OneTime).await.map(drop)
}

#[tokio::test]
async fn a_person_logs_in_with_the_right_password_alone() -> Result<(), Error> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let univapay = sandbox.univapay();
    let client = client(univapay);
    let body = Authenticate::new(legacy::EMAIL, "guessed");
    let error = client.legacy_auth().authenticate_user(&body).await.expect_err("a wrong password");
    assert_eq!(ErrorCode::of(&error), Some(ErrorCode::InvalidCredentials));

    let body = Authenticate::new(legacy::EMAIL, legacy::PASSWORD);
    let login = client.legacy_auth().authenticate_user(&body).await?;
    assert_eq!(login.merchant_id.as_ref(), client.merchant_id());
    let jwt = login.jwt.expect("a login");
    let wrong = AppToken::without_secret(jwt.reveal());
    assert!(wrong.is_err(), "a login is no token of an application, and is not taken for one");
    Ok(())
}

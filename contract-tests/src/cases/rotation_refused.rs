//! RotateSecret refused: functions that cannot be, and callers who may not.

use serde_json::json;

use super::rotation::{days, function, rotate};
use super::support::{
    call, denied, described, document, fails, fault, ok, ok_as, secret, statement_if,
};
use crate::{Case, Context, Evidence, Need};

pub(super) const CASES: &[Case] = &[
    Case::new(
        "rotation/functions_that_cannot_be",
        Evidence::Inferred,
        "localstack test_secretsmanager.py::test_rotate_secret_invalid_lambda_arn (recorded, of an unknown one); \
         badmintoncryer/cdk-preflight (the text about ARNs)",
        |c| Box::pin(functions_that_cannot_be(c)),
    ),
    Case::new(
        "rotation/denied_by_its_condition_keys",
        Evidence::Documented,
        "service authorization reference, RotateSecret: secretsmanager:RotationLambdaARN",
        |c| Box::pin(denied_by_its_condition_keys(c)),
    )
    .needs(&[Need::RotationFunction, Need::Iam]),
    Case::new(
        "rotation/denied_to_invoke",
        Evidence::Inferred,
        "API reference, RotateSecret: permissions; the sentence is that of all denials",
        |c| Box::pin(denied_to_invoke(c)),
    )
    .needs(&[Need::RotationFunction, Need::Iam]),
];

async fn functions_that_cannot_be(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let before = described(c, &name).await;
    let here = c.target().region();
    let none = "No Lambda rotation function ARN is associated with this secret.";
    let no_rights = "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.";
    let bad = format!(
        "Invalid rotation Lambda ARN. Ensure the ARN matches format arn:aws:lambda:{here}:"
    );
    let unknown = format!("arn:aws:lambda:{here}:000000000000:function:no-such-function");
    for (arn, code, start) in [
        (None, "InvalidRequestException", none),
        (Some(&*unknown), "AccessDeniedException", no_rights),
        (Some("rotate"), "InvalidParameterException", &*bad),
        (
            Some("arn:aws:lambda:eu-west-1:000000000000:function:rotate"),
            "InvalidParameterException",
            &bad,
        ),
        (
            Some("arn:aws:iam::000000000000:role/rotate"),
            "InvalidParameterException",
            &bad,
        ),
    ] {
        let members = json!({"RotationLambdaARN": arn, "RotationRules": days(30)});
        let (got, text) = fault(&call(c, "RotateSecret", &rotate(&name, members)).await);
        assert!(
            got == code && text.starts_with(start),
            "{arn:?}: {got} {text}"
        );
    }
    assert_eq!(described(c, &name).await, before);
}

async fn denied_by_its_condition_keys(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let rotating = "secretsmanager:RotateSecret";
    let condition = json!({"StringEquals": {"secretsmanager:RotationLambdaARN": function(c)}});
    let only = statement_if("Allow", rotating, &condition);
    let invoke = statement_if("Allow", "lambda:InvokeFunction", &json!({}));
    let who = c.user("u", &document(&[only.clone(), invoke])).await;
    let other =
        json!({"RotationLambdaARN": format!("{}-2", function(c)), "RotationRules": days(1)});
    let expected = denied(c, &who, rotating, Some(&name)).await;
    assert_eq!(
        fails(c, &who, "RotateSecret", &rotate(&name, other)).await,
        expected
    );
    let this = json!({"RotationLambdaARN": function(c), "RotationRules": days(1)});
    ok_as(c, &who, "RotateSecret", &rotate(&name, this)).await;
}

/// The caller's own right to invoke the function, whether the request names it or the secret does.
async fn denied_to_invoke(c: &Context) {
    let name = c.name("s");
    secret(&c.root(), &name, "v").await;
    let rotating = statement_if("Allow", "secretsmanager:RotateSecret", &json!({}));
    let who = c.user("u", &document(&[rotating])).await;
    let expected = denied(c, &who, "lambda:InvokeFunction", Some(&function(c))).await;
    let this = json!({"RotationLambdaARN": function(c), "RotationRules": days(1)});
    let told = fails(c, &who, "RotateSecret", &rotate(&name, this.clone())).await;
    assert_eq!(told, expected);
    let planned = json!({"RotateImmediately": false, "RotationLambdaARN": function(c)});
    ok(c, "RotateSecret", &rotate(&name, planned)).await;
    let told = fails(c, &who, "RotateSecret", &rotate(&name, json!({}))).await;
    assert_eq!(told, expected);
}

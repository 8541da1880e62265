using CryptoScreener.AlertEngine.Delivery.Webhook;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void The_example_of_the_standard_is_signed_as_it_says() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of([Secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Fact]
    public void Each_secret_of_a_rotation_gets_its_own_signature()
    {
        var other = SecretOf(32);
        var both = WebhookSignature.Of([Secret, other], "id", 1, "body"u8);
        Assert.Equal($"{WebhookSignature.Of([Secret], "id", 1, "body"u8)} {WebhookSignature.Of([other], "id", 1, "body"u8)}", both);
    }

    [Fact]
    public void Id_time_and_body_are_all_signed()
    {
        string[] signatures =
        [
            WebhookSignature.Of([Secret], "id", 1, "body"u8),
            WebhookSignature.Of([Secret], "di", 1, "body"u8),
            WebhookSignature.Of([Secret], "id", 2, "body"u8),
            WebhookSignature.Of([Secret], "id", 1, "bodi"u8),
        ];
        Assert.Equal(4, signatures.Distinct().Count());
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(200, false)]
    public void A_secret_has_24_to_64_bytes(int bytes, bool expected) => Assert.Equal(expected, WebhookSignature.IsSecret(SecretOf(bytes)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64 at all, not even nearly so")]
    public void Anything_else_is_no_secret(string? text) => Assert.False(WebhookSignature.IsSecret(text));

    private static string SecretOf(int bytes) => $"whsec_{Convert.ToBase64String(Enumerable.Range(0, bytes).Select(i => (byte)i).ToArray())}";
}

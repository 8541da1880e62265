using System.Text;
using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Rules.Templates;
using CryptoScreener.UnitTests.AlertEngine.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Rules.Templates;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("""{"pair": "{{symbol}}"}""", """{"pair": "BTCUSDT"}""")]
    [InlineData("""{"price": {{price}}}""", """{"price": 65432.125}""")]
    [InlineData("""{"stop": {{ price * 0.98 | 0.00 }}}""", """{"stop": 64123.48}""")]
    [InlineData("""{"t": "{{metric rsi(14, 1h) | 0.0}} of {{ (price + 1) / 2 - 0.0625 }}"}""", """{"t": "29.5 of 32716.5"}""")]
    [InlineData("""{"none": {{metric ema(9,5m)}}, "text": "{{metric ema(9,5m)}}"}""", """{"none": null, "text": ""}""")]
    [InlineData("""{"who": {{symbol}}}""", """{"who": "BTCUSDT"}""")]
    [InlineData("""{"p": {{ price | 0,000 }}}""", """{"p": "65,432"}""")]
    [InlineData("""{"n": {{ -price + price }}}""", """{"n": 0}""")]
    [InlineData("""{"{{symbol}}": "\\{{type}}"}""", """{"BTCUSDT": "\\alert.fired"}""")]
    [InlineData("""{"nothing": true}""", """{"nothing": true}""")]
    public void Placeholders_are_replaced(string template, string expected) => Assert.Equal(expected, Render(template, Messages.Alert()));

    [Theory]
    [InlineData("""{"a": "{{simbol}}"}""", 9, "'simbol' is not known (did you mean symbol?)")]
    [InlineData("""{"a": "{{symbol"}""", 7, "'}}' is missing")]
    [InlineData("""{"a": {{price +}}}""", 15, "missing at the end")]
    [InlineData("""{"a": {{price price}}}""", 14, "'price' was not expected")]
    [InlineData("""{"a": {{(price}}}""", 14, "')' is missing")]
    [InlineData("""{"a": {{price | x}}}""", 15, "not a format")]
    [InlineData("""{"a": {{metric }}}""", 15, "metric's name is missing")]
    [InlineData("""{"a": {{1.2.3}}}""", 8, "'1.2.3' is not a number")]
    [InlineData("""{"a": {{price}}""", 15, "not JSON")]
    [InlineData("{\"ö\": \"{{symbol}}\",\n \"b\": x}", 26, "not JSON")]
    [InlineData("""{{{price}}: 1}""", 2, "was not expected")]
    [InlineData("""{ {{symbol}}: 1}""", 2, "not JSON")] // a name of a member, but without its quotes
    [InlineData("""{"a": 1{{price}}}""", 7, "not JSON")]
    [InlineData("""{"a": "\{{symbol}}"}""", 8, "not JSON")]
    public void A_template_that_cannot_work_is_refused_when_it_is_saved(string template, int at, string because)
    {
        var refused = Assert.Throws<TemplateException>(() => Template.Parse(template));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
        Assert.Equal((at, $"at {at + 1}:"), (refused.Position, refused.Message[..$"at {at + 1}:".Length]));
    }

    [Fact]
    public void Endless_nesting_and_length_are_refused()
    {
        var nested = new string('(', 100) + "1" + new string(')', 100);
        Assert.Throws<TemplateException>(() => Template.Parse("{\"a\": {{" + nested + "}}}"));
        Assert.Throws<TemplateException>(() => Template.Parse($"\"{new string('x', Template.LengthLimit)}\""));
    }

    [Fact]
    public void No_alert_can_break_the_text() => Prop.ForAll<string?, string?, double>((description, symbol, price) =>
    {
        var alert = Messages.Alert() with { Description = description ?? "", Symbol = symbol ?? "", Price = price };
        using var json = JsonDocument.Parse(Render("""{"d": "say: {{description}}!", "s": {{symbol}}, "p": {{price * 2 | 0.##}}, "q": "{{price}}"}""", alert));
        return json.RootElement.EnumerateObject().Count() == 4
            && json.RootElement.GetProperty("d").GetString()![5..^1] == JsonText(description ?? "");
    }).QuickCheckThrowOnFailure();

    // Half a surrogate pair cannot be written in UTF-8 and comes out as the sign for that.
    private static string JsonText(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Render(string template, AlertEvent alert) => Encoding.UTF8.GetString(Template.Parse(template).Render("alert.fired", alert).Span);
}

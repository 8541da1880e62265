using System.Text;
using System.Text.Json;
using CryptoScreener.AlertEngine.Delivery.Templates;
using CryptoScreener.Contracts.Alerts;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

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
    [InlineData("""{"nothing": true}""", """{"nothing": true}""")]
    public void Placeholders_are_replaced(string template, string expected) => Assert.Equal(expected, Render(template, Messages.Alert()));

    [Theory]
    [InlineData("""{"a": "{{simbol}}"}""", "'simbol' is not known")]
    [InlineData("""{"a": "{{symbol"}""", "'}}' is missing")]
    [InlineData("""{"a": {{price +}}}""", "missing at the end")]
    [InlineData("""{"a": {{price price}}}""", "'price' was not expected")]
    [InlineData("""{"a": {{(price}}}""", "')' is missing")]
    [InlineData("""{"a": {{price | x}}}""", "not a format")]
    [InlineData("""{"a": {{metric }}}""", "metric's name is missing")]
    [InlineData("""{"a": {{price}}""", "not JSON")]
    [InlineData("""{{{price}}: 1}""", "was not expected")]
    public void A_template_that_cannot_work_is_refused_when_it_is_saved(string template, string because) =>
        Assert.Contains(because, Assert.Throws<TemplateException>(() => Template.Parse(template)).Message, StringComparison.Ordinal);

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

    private static string Render(string template, AlertEvent alert) =>
        Encoding.UTF8.GetString(Template.Parse(template).Render(Messages.Outgoing(alert)).Span);
}

using System.Text;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.UnitTests.ApiGateway.Realtime;

public sealed class ClientMessageTests
{
    [Fact]
    public void A_message_has_an_operation_and_an_id()
    {
        using var message = Parse("""{"op":"subscribe","id":"7","channel":"metrics","params":{"columns":["price"]},"unknown":1}""", out var id);
        Assert.Equal(("subscribe", "7", "7"), (message.Op, message.Id, id));
        Assert.Equal("metrics", message.Text("channel"));
        Assert.Equal(["price"], message.Params().Texts("columns"));
        Assert.Null(message.Resume());
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("ping", null)]
    [InlineData("[]", null)]
    [InlineData("null", null)]
    [InlineData("""{"op":"ping"}""", null)]
    [InlineData("""{"op":"ping","id":7}""", null)]
    [InlineData("""{"op":"ping","id":""}""", null)]
    [InlineData("""{"op":7,"id":"a"}""", "a")]
    [InlineData("""{"id":"a"}""", "a")]
    [InlineData("""{"op":"ping","id":"a","id":"b"}""", null)]
    [InlineData("""{"op":"ping","id":"a"} {}""", null)]
    [InlineData("""{"op":"ping","id":"a","x":[[[[[[[[[1]]]]]]]]]}""", null)]
    [InlineData("""{"op":"ping","id":"\ud800"}""", null)]
    public void What_is_no_message_is_refused_and_counts(string text, string? idThatCouldBeRead)
    {
        string? id = null;
        var refused = Assert.Throws<ProtocolException>(() => Parse(text, out id));
        Assert.Equal(("bad_message", true), (refused.Code, refused.IsAbuse));
        Assert.Equal(idThatCouldBeRead, id);
    }

    [Theory]
    [InlineData("""{"epoch":"1763656501000","sequence":41}""", 1763656501000, 41)]
    [InlineData("""{"epoch":1763656501000,"sequence":41}""", 1763656501000, 41)]
    [InlineData("""{"epoch":"another server's","sequence":41}""", -1, 41)]
    public void A_resume_point_is_read_as_it_was_given(string resume, long epoch, ulong sequence)
    {
        using var message = Parse($$"""{"op":"subscribe","id":"1","resume":{{resume}}}""", out _);
        Assert.Equal(new ResumePoint(epoch, sequence), message.Resume());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"epoch":"1","sequence":-1}""")]
    [InlineData("""{"epoch":"1","sequence":"41"}""")]
    [InlineData("""{"epoch":true,"sequence":1}""")]
    public void A_resume_point_of_another_form_is_complained_about(string resume)
    {
        using var message = Parse($$"""{"op":"subscribe","id":"1","resume":{{resume}}}""", out _);
        Assert.Equal("bad_parameter", Assert.Throws<ProtocolException>(() => message.Resume()).Code);
    }

    [Theory]
    [InlineData("1763656501000-41", true)]
    [InlineData("1763656501000-", false)]
    [InlineData("-41", false)]
    [InlineData("x-41", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_event_id_is_epoch_and_sequence(string? id, bool isOurs)
    {
        Assert.Equal(isOurs, AlertEpoch.TryParse(id, out var point));
        if (isOurs) Assert.Equal(new ResumePoint(1763656501000, 41), point);
    }

    [Fact]
    public void Parameters_are_complained_about_by_their_name()
    {
        using var message = Parse("""{"op":"subscribe","id":"1","params":{"columns":"price","limit":0,"filter":""}}""", out _);
        Assert.Contains("'columns'", Assert.Throws<ProtocolException>(() => message.Params().Texts("columns")).Message, StringComparison.Ordinal);
        Assert.Contains("'limit'", Assert.Throws<ProtocolException>(() => message.Params().Number("limit", 1, 10)).Message, StringComparison.Ordinal);
        Assert.Contains("'filter'", Assert.Throws<ProtocolException>(() => message.Params().Text("filter")).Message, StringComparison.Ordinal);
    }

    private static ClientMessage Parse(string text, out string? id) => ClientMessage.Parse(Encoding.UTF8.GetBytes(text), out id);
}

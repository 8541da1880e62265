using CryptoScreener.Storage;
using CryptoScreener.Storage.Secrets;

namespace CryptoScreener.UnitTests.Storage;

public sealed class SecretBoxTests
{
    private static readonly string Old = Key("old", 1);
    private static readonly string New = Key("new", 2);

    [Fact]
    public void What_is_sealed_can_be_opened_and_looks_different_each_time()
    {
        var box = new SecretBox([New]);
        var (first, second) = (box.Seal("whsec_abc", "hook"), box.Seal("whsec_abc", "hook"));
        Assert.NotEqual(first, second);
        Assert.DoesNotContain("abc", first, StringComparison.Ordinal);
        Assert.Equal(["whsec_abc", "whsec_abc"], [box.Open(first, "hook"), box.Open(second, "hook")]);
    }

    [Fact]
    public void A_former_key_still_opens_and_the_current_one_seals()
    {
        var before = new SecretBox([Old]).Seal("text", "hook");
        var box = new SecretBox([New, Old]);
        Assert.Equal("text", box.Open(before, "hook"));
        Assert.False(before.StartsWith(box.CurrentPrefix, StringComparison.Ordinal));
        Assert.StartsWith(box.CurrentPrefix, box.Seal("text", "hook"), StringComparison.Ordinal);
        Assert.Contains("'old'", Assert.Throws<StorageException>(() => new SecretBox([New]).Open(before, "hook")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_was_changed_or_moved_is_not_opened()
    {
        var box = new SecretBox([New]);
        var text = box.Seal("text", "hook");
        Assert.Throws<StorageException>(() => box.Open(text, "chat"));
        Assert.Throws<StorageException>(() => box.Open(text[..^4] + "AAA=", "hook"));
        Assert.Throws<StorageException>(() => box.Open("sealed.v1.new.AAAA", "hook"));
        Assert.Throws<StorageException>(() => new SecretBox([Key("new", 9)]).Open(text, "hook"));
    }

    [Fact]
    public void Without_keys_nothing_is_sealed_and_what_was_not_is_read_as_it_is()
    {
        var box = new SecretBox([]);
        Assert.Equal("text", box.Seal("text", "hook"));
        Assert.Equal("text", new SecretBox([New]).Open("text", "hook"));
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("k1:AAAA")]
    [InlineData("k.1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData(":AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void A_key_that_is_none_is_told_without_being_shown(string key)
    {
        var error = SecretBox.ErrorOf(key);
        Assert.Contains("openssl rand -base64 32", error!, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAAAAAAAAAAAAAAAAAAA", error, StringComparison.Ordinal);
    }

    private static string Key(string name, byte seed) => $"{name}:{Convert.ToBase64String([.. Enumerable.Repeat(seed, 32)])}";
}

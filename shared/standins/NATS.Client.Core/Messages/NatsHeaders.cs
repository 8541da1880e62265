using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace NATS.Client.Core;

/// <summary>Headers of a message, plus the status line that servers put on control messages. Keys ignore case.</summary>
public class NatsHeaders : INatsHeaders
{
    private readonly Dictionary<string, StringValues> _store;

    public NatsHeaders() => _store = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase);

    public NatsHeaders(int capacity) => _store = new Dictionary<string, StringValues>(capacity, StringComparer.OrdinalIgnoreCase);

    /// <summary>What a server says with a control message, as far as it is known by name.</summary>
    public enum Messages
    {
        Text,
        IdleHeartbeat,
        BadRequest,
        ConsumerDeleted,
        ConsumerIsPushBased,
        NoMessages,
        RequestTimeout,
        MessageSizeExceedsMaxBytes,
        RequestsPending,
    }

    public int Code { get; internal set; }

    public string MessageText { get; internal set; } = string.Empty;

    public Messages Message { get; internal set; } = Messages.Text;

    public NatsException? Error { get; internal set; }

    public int Count => _store.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => _store.Keys;

    public ICollection<StringValues> Values => _store.Values;

    /// <summary>Reading a key that is not there gives no values rather than an exception.</summary>
    public StringValues this[string key]
    {
        get => _store.TryGetValue(key, out var value) ? value : StringValues.Empty;
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            if (value.Count == 0)
                _store.Remove(key);
            else
                _store[key] = value;
        }
    }

    public void Add(string key, StringValues value) => _store.Add(key, value);

    public void Add(KeyValuePair<string, StringValues> item) => _store.Add(item.Key, item.Value);

    public void Clear() => _store.Clear();

    public bool Contains(KeyValuePair<string, StringValues> item) =>
        _store.TryGetValue(item.Key, out var value) && StringValues.Equals(value, item.Value);

    public bool ContainsKey(string key) => _store.ContainsKey(key);

    public void CopyTo(KeyValuePair<string, StringValues>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, StringValues>>)_store).CopyTo(array, arrayIndex);

    public bool Remove(string key) => _store.Remove(key);

    public bool Remove(KeyValuePair<string, StringValues> item) => Contains(item) && _store.Remove(item.Key);

    public bool TryGetValue(string key, out StringValues value) => _store.TryGetValue(key, out value);

    public bool TryGetLastValue(string key, [NotNullWhen(true)] out string? value)
    {
        value = _store.TryGetValue(key, out var values) && values.Count > 0 ? values[^1] : null;
        return value is not null;
    }

    IEnumerator<KeyValuePair<string, StringValues>> IEnumerable<KeyValuePair<string, StringValues>>.GetEnumerator() =>
        _store.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _store.GetEnumerator();

    // Not an iterator over the interface: the publish path walks headers without allocating.
    internal Dictionary<string, StringValues>.Enumerator Walk() => _store.GetEnumerator();
}

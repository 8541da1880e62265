namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Reads a request's query by the declarations of its route, and collects all that is wrong with it.</summary>
internal sealed class QueryReader
{
    private readonly IQueryCollection _query;
    private Dictionary<string, string[]>? _errors;

    public QueryReader(HttpContext http)
    {
        _query = http.Request.Query;
        if (_query.Count == 0 || http.GetEndpoint()?.Metadata.GetMetadata<QueryOf>() is not { } known) return;
        foreach (var name in _query.Keys)
            if (!known.Parameters.Any(p => p.Name == name)) Refuse(name, $"is not a parameter of this; there are {string.Join(", ", known.Parameters.Select(p => p.Name))}");
    }

    /// <summary>Null while everything was understood.</summary>
    public ApiProblem? Problem => _errors is null ? null : Endpoints.Problem.BadParameters(_errors);

    /// <summary>An empty parameter counts as absent.</summary>
    public T Get<T>(Parameter<T> parameter)
    {
        var given = _query[parameter.Name];
        if (given.Count == 0 || string.IsNullOrEmpty(given[0])) return parameter.UnlessGiven;
        if (given.Count == 1 && parameter.Parse(given[0]!, out var value)) return value;
        Refuse(parameter);
        return parameter.UnlessGiven;
    }

    public void Refuse(Parameter parameter) => Refuse(parameter.Name, $"must be {parameter.Expected}");

    public void Refuse(string name, string why) => (_errors ??= [])[name] = [why];
}

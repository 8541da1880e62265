using System.Globalization;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Rules.Templates;

/// <summary>What stands between <c>{{</c> and <c>}}</c>: a name, a number, or arithmetic of both. NaN where a metric is unknown.</summary>
internal abstract record TemplateExpression
{
    internal sealed record Literal(double Value) : TemplateExpression;

    internal sealed record Field(string Name) : TemplateExpression;

    internal sealed record Metric(string Name) : TemplateExpression;

    internal sealed record Operation(char Operator, TemplateExpression Left, TemplateExpression Right) : TemplateExpression;

    /// <summary>A text for the fields that are one, otherwise a number.</summary>
    public object Evaluate(string type, AlertEvent alert) => this switch
    {
        Literal literal => literal.Value,
        Field field => TemplateFields.Read(field.Name, type, alert),
        Metric metric => alert.Metadata.TryGetValue(metric.Name, out var value) ? value : double.NaN,
        Operation operation => Calculate(operation.Operator, Number(operation.Left, type, alert), Number(operation.Right, type, alert)),
        _ => throw new InvalidOperationException("There is no other kind."),
    };

    private static double Number(TemplateExpression expression, string type, AlertEvent alert) => expression.Evaluate(type, alert) switch
    {
        double number => number,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
        _ => double.NaN,
    };

    private static double Calculate(char operation, double left, double right) => operation switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => left / right,
    };
}

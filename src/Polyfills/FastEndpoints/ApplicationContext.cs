using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FastEndpoints;

/// <summary>What the endpoints of one application share. It is made once, when the endpoints are mapped, and hangs on their definitions.</summary>
internal sealed class ApplicationContext
{
    public ApplicationContext(Config config, JsonSerializerOptions resultJson)
    {
        Config = config;
        ResultJson = resultJson;
        Parsers = new ValueParsers(config.Serializer.Options);
        FieldNames = new FieldNames(config.Validation.UsePropertyNamingPolicy ? config.Serializer.Options.PropertyNamingPolicy : null);
        RequestJson = RequestOptions(config.Serializer.Options);
    }

    public Config Config { get; }

    public ValueParsers Parsers { get; }

    public FieldNames FieldNames { get; }

    /// <summary>The serializer's options for results, which are ASP.NET Core's own.</summary>
    public JsonSerializerOptions ResultJson { get; }

    /// <summary>The serializer's options for request bodies: a property that is bound from elsewhere is no JSON member.</summary>
    public JsonSerializerOptions RequestJson { get; }

    /// <summary>Whether a property never takes its value from the JSON body. <see cref="DontBindAttribute"/> itself leaves the body on.</summary>
    public static bool IsOutsideJson(MemberInfo property) =>
        property.GetCustomAttribute<NonJsonBindingAttribute>() is { } attribute && attribute.GetType() != typeof(DontBindAttribute);

    private static JsonSerializerOptions RequestOptions(JsonSerializerOptions options)
    {
        var resolver = options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver();
        var request = new JsonSerializerOptions(options) { TypeInfoResolver = resolver.WithAddedModifier(RemoveOutsiders) };
        request.MakeReadOnly();
        return request;
    }

    private static void RemoveOutsiders(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider is PropertyInfo property && IsOutsideJson(property))
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}

/// <summary>Names request properties as clients write them.</summary>
/// <param name="policy">The JSON naming policy; null leaves names as they are.</param>
internal sealed class FieldNames(JsonNamingPolicy? policy)
{
    /// <summary>Converts a path such as <c>Customer.Addresses[0].City</c>, part by part.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path on the wire.</returns>
    public string Of(string path) => policy is null || path.Length == 0 ? path : string.Join('.', path.Split('.').Select(Convert));

    /// <summary>Converts the path that a lambda names.</summary>
    /// <param name="property">The lambda.</param>
    /// <returns>The path on the wire.</returns>
    public string Of(LambdaExpression property)
    {
        return Of(Path(property.Body));

        static string Path(Expression node) =>
            node switch
            {
                ParameterExpression => "",
                UnaryExpression { NodeType: ExpressionType.Convert } convert => Path(convert.Operand),
                MemberExpression { Expression: ParameterExpression } member => member.Member.Name,
                MemberExpression { Expression: { } parent } member => $"{Path(parent)}.{member.Member.Name}",
                BinaryExpression { NodeType: ExpressionType.ArrayIndex } item => $"{Path(item.Left)}[{Index(item.Right)}]",
                MethodCallExpression { Method.Name: "get_Item", Object: { } list } item => $"{Path(list)}[{Index(item.Arguments[0])}]",
                _ => throw new NotSupportedException($"{node} names no property; add a ValidationFailure instead."),
            };

        static object? Index(Expression index) => Expression.Lambda(index).Compile(preferInterpretation: true).DynamicInvoke();
    }

    private string Convert(string part)
    {
        var bracket = part.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? policy!.ConvertName(part) : policy!.ConvertName(part[..bracket]) + part[bracket..];
    }
}

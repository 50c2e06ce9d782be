using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lending.Platform.OpenApi;

/// <summary>Reads the XML documentation that the compiler writes beside each assembly.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> members = new(StringComparer.Ordinal);

    public XmlDocumentation(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            foreach (var member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            {
                members[member.Attribute("name")!.Value] = member;
            }
        }
    }

    public string? SummaryOf(Type type) => Text(Find(type)?.Element("summary"));

    public string? RemarksOf(Type type) => Text(Find(type)?.Element("remarks"));

    public string? SummaryOf(PropertyInfo property) =>
        // A positional record documents its properties as parameters of the type.
        Text(Find(property)?.Element("summary"))
        ?? Text(Find(property.DeclaringType!)?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == property.Name));

    public string? ExampleOf(PropertyInfo property) => Text(Find(property)?.Element("example"));

    /// <summary>The slice's own answers beyond the usual ones: status and what it means.</summary>
    public IEnumerable<(string Status, string Description)> ResponsesOf(Type slice) =>
        Find(slice)?.Elements("response").Select(response => (response.Attribute("code")!.Value, Text(response)!)) ?? [];

    private XElement? Find(Type type) => members.GetValueOrDefault($"T:{NameOf(type)}");

    private XElement? Find(PropertyInfo property) => members.GetValueOrDefault($"P:{NameOf(property.DeclaringType!)}.{property.Name}");

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }
        // <see cref="T:A.B"/> and <paramref name="x"/> read as their last name.
        var text = string.Concat(
            element
                .Nodes()
                .Select(node =>
                    node is XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } reference
                        ? (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.FirstAttribute)!.Value.Split('.', ':')[
                            ^1
                        ]
                    : node is XElement nested ? nested.Value
                    : node.ToString()
                )
        );
        return WhiteSpace().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WhiteSpace();
}

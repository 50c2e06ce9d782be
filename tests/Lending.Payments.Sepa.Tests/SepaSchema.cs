using System.Globalization;
using System.Numerics;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Lending.Payments.Sepa.Tests;

/// <summary>
/// What a bank would find wrong with a file for it, by schemas that were written for this project (`Schemas`). What a schema cannot say, sums and check digits, is computed here, without the code that writes the files.
/// </summary>
internal static class SepaSchema
{
    private static readonly XmlSchemaSet _schemas = Load();

    /// <summary>Everything that is wrong with a file; nothing where it is right.</summary>
    public static IReadOnlyList<string> ProblemsOf(XDocument file)
    {
        var problems = new List<string>();
        // Of a message without a schema, nothing would be wrong.
        if (!_schemas.Contains(file.Root!.Name.NamespaceName))
        {
            return ["There is no schema for it."];
        }
        file.Validate(_schemas, (_, found) => problems.Add(found.Message));
        return problems.Count > 0 ? problems : [.. Sums(file.Root), .. CheckDigits(file.Root)];
    }

    private static IEnumerable<string> Sums(XElement root)
    {
        var space = root.Name.Namespace;
        foreach (var head in root.Descendants(space + "NbOfTxs").Select(count => count.Parent!))
        {
            // The header is about the whole message, which is around it.
            var payments = (head.Name.LocalName == "GrpHdr" ? head.Parent! : head).Descendants(space + "InstdAmt").ToList();
            if (Number(head.Element(space + "NbOfTxs")!) != payments.Count)
            {
                yield return $"NbOfTxs of {head.Name.LocalName} is not the number of payments.";
            }
            if (Number(head.Element(space + "CtrlSum")!) != payments.Sum(Number))
            {
                yield return $"CtrlSum of {head.Name.LocalName} is not the sum of payments.";
            }
        }
        var ids = root.Descendants(space + "EndToEndId").Concat(root.Descendants(space + "PmtInfId")).ToList();
        if (ids.Select(id => (id.Name, id.Value)).Distinct().Count() != ids.Count)
        {
            yield return "An id is there twice.";
        }
    }

    private static IEnumerable<string> CheckDigits(XElement root)
    {
        var space = root.Name.Namespace;
        // Places 5 to 7 of a creditor's identifier are its own business.
        var creditors = root.Descendants(space + "PrvtId").Descendants(space + "Id").Select(id => id.Value[..4] + id.Value[7..]);
        return root.Descendants(space + "IBAN")
            .Concat(root.Descendants(space + "Ref"))
            .Select(element => element.Value)
            .Concat(creditors)
            .Where(number => !FitsModulo97(number))
            .Select(_ => "Check digits do not fit.");
    }

    // ISO 7064: the first four characters go to the end, letters count from ten on, and 1 is left of a division by 97.
    private static bool FitsModulo97(string number)
    {
        var digits = string.Concat((number[4..] + number[..4]).Select(sign => char.IsDigit(sign) ? sign - '0' : sign - 'A' + 10));
        return BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97 == 1;
    }

    private static decimal Number(XElement element) => decimal.Parse(element.Value, CultureInfo.InvariantCulture);

    private static XmlSchemaSet Load()
    {
        // They include a file beside them.
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        foreach (var path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Schemas"), "pain.*.xsd"))
        {
            schemas.Add(targetNamespace: null, path);
        }
        schemas.Compile();
        return schemas;
    }
}

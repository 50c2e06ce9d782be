using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lending.Servicing.LoanAccounts;

/// <summary>The JSON of what is kept. It has options of its own, so that a change of the API's changes nothing that is stored.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // A member that this version does not know must not be lost in silence.
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
}

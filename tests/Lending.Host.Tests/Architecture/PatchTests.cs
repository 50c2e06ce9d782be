using System.Runtime.CompilerServices;
using Lending.Platform.Http;

namespace Lending.Host.Tests.Architecture;

/// <summary>A PATCH writes back what it starts from, so nothing of that may be forgotten.</summary>
public sealed class PatchTests(HostFixture host)
{
    [Fact]
    public void What_a_patch_starts_from_has_required_members()
    {
        var patched = host.Endpoints()
            .Select(endpoint => endpoint.Definition.ReqDtoType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(MergePatch<>))
            .Select(type => type.GetGenericArguments()[0])
            .ToList();

        patched.Count.ShouldBe(10);
        patched.SelectMany(MembersThatCanBeForgotten).ShouldBeEmpty();
        MembersThatCanBeForgotten(typeof(BadSamples.ForgetfulPatch)).ShouldBe([nameof(BadSamples.ForgetfulPatch.Note)]);
    }

    private static IEnumerable<string> MembersThatCanBeForgotten(Type type) =>
        type.GetProperties()
            .Where(property => property.CanWrite && !property.IsDefined(typeof(RequiredMemberAttribute), inherit: false))
            .Select(property => property.Name);
}

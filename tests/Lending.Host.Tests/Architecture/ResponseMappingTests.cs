using Lending.Platform.Mapping;
using Mapster;

namespace Lending.Host.Tests.Architecture;

/// <summary>Responses are mapped once, and nothing of them is forgotten.</summary>
public sealed class ResponseMappingTests
{
    [Fact]
    public void Every_member_of_a_mapped_response_has_a_source()
    {
        var mappings = new TypeAdapterConfig();

        ResponseMappings.Read(mappings, [.. LendingHost.Modules.Select(module => module.GetType().Assembly)]);

        mappings.RuleMap.Count.ShouldBeGreaterThanOrEqualTo(11);
        mappings.Compile();
    }

    [Fact]
    public void A_member_without_a_source_is_found()
    {
        var mappings = new TypeAdapterConfig();

        ResponseMappings.Read(mappings, typeof(BadSamples).Assembly);

        Should
            .Throw<CompileException>(() => mappings.Compile())
            .InnerException!.Message.ShouldContain(nameof(BadSamples.ForgetfulResponse.Note));
    }
}

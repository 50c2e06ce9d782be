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

        ResponseMappings.AddTo(mappings, [.. LendingHost.Modules.Select(module => module.GetType().Assembly)]);

        mappings.RuleMap.Count.ShouldBe(10);
    }

    [Fact]
    public void A_member_without_a_source_is_found()
    {
        Should
            .Throw<CompileException>(() => ResponseMappings.AddTo(new TypeAdapterConfig(), typeof(BadSamples).Assembly))
            .InnerException!.Message.ShouldContain(nameof(BadSamples.ForgetfulResponse.Note));
    }
}

using FastEndpoints;
using FluentValidation;
using Mono.Cecil;
using Mono.Cecil.Rocks;
using TypeDefinition = Mono.Cecil.TypeDefinition;

namespace Lending.Host.Tests.Architecture;

/// <summary>The shape of slices and modules. Each rule is shown to find something, and to fail on a bad sample.</summary>
public sealed class SliceRulesTests(HostFixture host)
{
    private static readonly List<TypeDefinition> ModuleTypes =
    [
        .. LendingHost.Modules.SelectMany(module => Read(module.GetType().Assembly.Location)).Where(type => !IsGenerated(type)),
    ];

    private static readonly List<TypeDefinition> Samples =
    [
        .. Read(typeof(SliceRulesTests).Assembly.Location).Where(type => !IsGenerated(type)),
    ];

    [Fact]
    public void A_module_shows_nothing_but_itself()
    {
        var visible = ModuleTypes.Where(type => type.IsPublic).Select(type => type.Name).Order(StringComparer.Ordinal).ToList();

        visible.ShouldNotBeEmpty();
        visible.ShouldBe(ModuleFolders.Names.Select(name => $"{name}Module"));
    }

    [Fact]
    public void Classes_of_modules_are_sealed()
    {
        ModuleTypes.ShouldNotBeEmpty();
        ModuleTypes.Where(IsOpenClass).Select(type => type.FullName).ShouldBeEmpty();
        Samples.Where(IsOpenClass).Select(type => type.Name).ShouldContain(nameof(BadSamples.OpenClass));
    }

    [Fact]
    public void Slices_do_not_use_slices()
    {
        var slices = ModuleTypes.Where(IsSlice).ToList();
        slices.Count.ShouldBeGreaterThan(20);
        slices.SelectMany(slice => OtherSlicesUsedBy(slice, slices)).ShouldBeEmpty();

        var samples = Samples.Where(IsSlice).ToList();
        samples.SelectMany(slice => OtherSlicesUsedBy(slice, samples)).ShouldContain("UsingSlice uses UsedSlice");
    }

    [Fact]
    public void Every_endpoint_states_who_may_call_it()
    {
        var definitions = host.Endpoints().Select(endpoint => endpoint.Definition).ToList();
        definitions.Count.ShouldBeGreaterThan(20);
        definitions.Where(StatesNothing).Select(definition => definition.EndpointType.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_slice_is_mapped()
    {
        var mapped = host.Endpoints().Select(endpoint => endpoint.Definition.EndpointType.FullName!.Replace('+', '/')).Distinct();

        ModuleTypes.Where(IsSlice).Select(type => type.FullName).Order().ShouldBe(mapped.Order());
    }

    [Fact]
    public void Validators_hold_no_scoped_state()
    {
        var validators = ModuleTypes.Where(IsValidator).ToList();
        validators.ShouldNotBeEmpty();
        validators.Where(HoldsState).Select(type => type.FullName).ShouldBeEmpty();
        Samples.Where(IsValidator).Where(HoldsState).Select(type => type.Name).ShouldBe([nameof(BadSamples.ValidatorWithState)]);
    }

    [Fact]
    public void A_slice_is_named_after_its_file()
    {
        var slices = ModuleTypes.Where(IsSlice).ToList();
        slices.ShouldNotBeEmpty();
        foreach (var slice in slices)
        {
            Directory
                .GetFiles(Repository.PathOf("src/Modules"), $"{slice.Name}.cs", SearchOption.AllDirectories)
                .Length.ShouldBe(1, $"{slice.Name} stands in {slice.Name}.cs");
        }
    }

    private static bool StatesNothing(EndpointDefinition definition) =>
        definition.AnonymousVerbs is null && definition.AllowedPermissions is null or { Count: 0 };

    private static List<TypeDefinition> Read(string path) => [.. ModuleDefinition.ReadModule(path).GetAllTypes()];

    private static bool IsGenerated(TypeDefinition type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.Namespace.EndsWith(".Migrations", StringComparison.Ordinal)
        || type.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute")
        || (type.DeclaringType is { } outer && IsGenerated(outer))
        || type.Namespace is "System.Runtime.CompilerServices" or "Microsoft.CodeAnalysis" or "System.Text.RegularExpressions.Generated";

    private static bool IsOpenClass(TypeDefinition type) =>
        type is { IsClass: true, IsValueType: false, IsSealed: false, IsAbstract: false };

    private static bool Inherits(TypeDefinition type, Func<string, bool> name)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.Resolve()?.BaseType)
        {
            if (name(parent.GetElementType().FullName))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsSlice(TypeDefinition type) => !type.IsAbstract && Inherits(type, name => name == typeof(BaseEndpoint).FullName);

    private static bool IsValidator(TypeDefinition type) =>
        !type.IsAbstract && Inherits(type, name => name == typeof(AbstractValidator<>).FullName);

    private static bool HoldsState(TypeDefinition validator) =>
        validator.GetConstructors().Any(constructor => !constructor.IsStatic && constructor.HasParameters)
        || validator.Fields.Any(field => !field.IsStatic);

    private static IEnumerable<string> OtherSlicesUsedBy(TypeDefinition slice, List<TypeDefinition> slices)
    {
        var names = slices.Where(other => other != slice).ToDictionary(other => other.FullName, other => other.Name);
        return WithNested(slice)
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.Operand as MemberReference)
            .Select(member => member as TypeReference ?? member?.DeclaringType)
            .SelectMany(Outwards)
            .Where(names.ContainsKey)
            .Distinct()
            .Select(name => $"{slice.Name} uses {names[name]}");
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static IEnumerable<string> Outwards(TypeReference? type)
    {
        for (; type is not null; type = type.DeclaringType)
        {
            yield return type.FullName;
        }
    }
}

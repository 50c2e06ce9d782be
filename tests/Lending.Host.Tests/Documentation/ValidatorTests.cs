using System.Text.Json;
using FluentValidation;
using FluentValidation.Validators;

namespace Lending.Host.Tests.Documentation;

/// <summary>
/// The API document repeats what validators ask for. FastEndpoints overlooks the condition of <c>When(…, () => …)</c>, takes rules of a list's elements
/// for rules of the list, and conditions of a limit for nothing: where that would make the document untrue, the rule has to be written otherwise.
/// </summary>
public sealed class ValidatorTests
{
    // A limit of what is given, under the condition that it is given.
    private static readonly string[] Harmless = ["AcceptInvitation.username"];

    [Fact]
    public void The_document_can_believe_the_validators()
    {
        var validators = LendingHost
            .Modules.SelectMany(module => module.GetType().Assembly.GetTypes())
            .Where(type => type.IsAssignableTo(typeof(IValidator)) && type.GetConstructor(Type.EmptyTypes) is not null)
            .ToList();

        validators.Count.ShouldBeGreaterThan(25);
        validators.SelectMany(MisreadIn).Except(Harmless).ShouldBeEmpty();
        MisreadIn(typeof(Samples.MisreadValidator)).ShouldBe(["Samples.name", "Samples.tags", "Samples.size"]);
    }

    private static IEnumerable<string> MisreadIn(Type type)
    {
        var told =
            from rule in (IEnumerable<IValidationRule>)Activator.CreateInstance(type)!
            from component in rule.Components
            let isPresence = component.Validator is INotNullValidator or INotEmptyValidator
            let isLimit = component.Validator
                is ILengthValidator
                    or IRegularExpressionValidator
                    or IBetweenValidator
                    or IComparisonValidator { ValueToCompare: not null }
            let isConditional = component.HasCondition || component.HasAsyncCondition
            where isLimit || (isPresence && !isConditional)
            let isMisread = rule.HasCondition || rule.HasAsyncCondition || IsOfElements(rule) || isConditional
            select (
                Member: $"{type.DeclaringType!.Name}.{JsonNamingPolicy.CamelCase.ConvertName(rule.PropertyName)}",
                isPresence,
                isMisread
            );
        // What is asked for elsewhere anyway is true.
        return told.GroupBy(one => (one.Member, one.isPresence))
            .Where(group => group.Key.isPresence ? group.All(one => one.isMisread) : group.Any(one => one.isMisread))
            .Select(group => group.Key.Member)
            .Distinct();
    }

    private static bool IsOfElements(IValidationRule rule) =>
        rule.GetType().GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));

    private sealed record Samples(string? Name, IReadOnlyList<string?>? Tags, int? Size, string? Good)
    {
        internal sealed class MisreadValidator : AbstractValidator<Samples>
        {
            public MisreadValidator()
            {
                When(sample => sample.Size > 1, () => RuleFor(sample => sample.Name).NotEmpty());
                RuleForEach(sample => sample.Tags).NotNull();
                RuleFor(sample => sample.Size).LessThan(10).When(sample => sample.Name is null);
                RuleFor(sample => sample.Good).NotNull().When(sample => sample.Size > 1).MaximumLength(7);
            }
        }
    }
}

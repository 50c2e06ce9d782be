using FastEndpoints;
using FluentValidation;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Platform.Clocks;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Preferences;

/// <summary>Says which messages the caller gets. What is left out is on. It holds for messages that wait already, too.</summary>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `cannot-be-switched-off`: what is `ESSENTIAL` comes always; `malformed-json`.
/// </response>
/// <response code="409">`concurrent-change`: the caller changed it at the same time.</response>
internal sealed class PutPreferences(NotificationsDbContext db, Caller caller, OrganizationClock clock)
    : Endpoint<PutPreferences.Request, Results<Ok<PreferencesResponse>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>The topics and channels that are chosen; each at most once.</summary>
        public IReadOnlyList<Preference>? Preferences { get; init; }
    }

    /// <summary>Whether messages about a topic are to come over a channel.</summary>
    internal sealed record Preference
    {
        /// <summary>What they are about.</summary>
        /// <example>OFFERS</example>
        public NotificationTopic? Topic { get; init; }

        /// <summary>How they come.</summary>
        /// <example>MAIL</example>
        public NotificationChannel? Channel { get; init; }

        /// <summary>Whether they are to come.</summary>
        /// <example>false</example>
        public bool? IsOn { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Preferences)
                .NotNull()
                .Must(preferences =>
                    preferences is null || preferences.DistinctBy(one => (one?.Topic, one?.Channel)).Count() == preferences.Count
                )
                .WithErrorCode("named-twice")
                .WithMessage("Name each topic and channel once.");
            RuleForEach(request => request.Preferences).NotNull().SetValidator(new PreferenceValidator());
        }
    }

    private sealed class PreferenceValidator : AbstractValidator<Preference>
    {
        public PreferenceValidator()
        {
            RuleFor(preference => preference.Topic).NotNull().IsInEnum();
            RuleFor(preference => preference.Channel).NotNull().IsInEnum();
            RuleFor(preference => preference.IsOn)
                .NotNull()
                .Must((preference, isOn) => isOn != false || preference.Topic != NotificationTopic.Essential)
                .WithErrorCode("cannot-be-switched-off")
                .WithMessage("The law, a contract or the safety of an account asks for these messages, or they wait for you.");
        }
    }

    public override void Configure()
    {
        Put("notification-preferences");
        Permissions(NotificationsPermission.PreferencesOwn);
    }

    public override async Task<Results<Ok<PreferencesResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var person = Person.Of(caller);
        var now = clock.GetStorableNow();
        var optOuts = await db.OptOuts.Where(OptOut.Of(person)).ToListAsync(ct);
        var off = request.Preferences!.Where(one => one.IsOn == false).Select(one => (one.Topic!.Value, one.Channel!.Value)).ToHashSet();
        db.RemoveRange(optOuts.Where(row => !off.Contains((row.Topic, row.Channel))));
        var added = off.Except(optOuts.Select(row => (row.Topic, row.Channel)))
            .Select(one => new OptOut(person, one.Item1, one.Item2, now))
            .ToList();
        db.AddRange(added);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(PreferencesResponse.Of([.. optOuts.Where(row => off.Contains((row.Topic, row.Channel))), .. added]));
    }
}

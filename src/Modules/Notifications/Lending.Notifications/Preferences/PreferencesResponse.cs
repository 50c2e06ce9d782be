namespace Lending.Notifications.Preferences;

/// <summary>Which messages the caller gets.</summary>
internal sealed record PreferencesResponse
{
    /// <summary>Each topic with each channel.</summary>
    public required IReadOnlyList<PreferenceResponse> Preferences { get; init; }

    public static PreferencesResponse Of(IReadOnlyCollection<OptOut> optOuts) =>
        new()
        {
            Preferences =
            [
                .. from topic in Enum.GetValues<NotificationTopic>()
                from channel in Enum.GetValues<NotificationChannel>()
                select new PreferenceResponse
                {
                    Topic = topic,
                    Channel = channel,
                    IsOn = !optOuts.Any(row => row.Topic == topic && row.Channel == channel),
                    CanBeSwitchedOff = topic != NotificationTopic.Essential,
                },
            ],
        };
}

/// <summary>Whether messages about a topic come over a channel.</summary>
internal sealed record PreferenceResponse
{
    /// <summary>
    /// What they are about: `OFFERS`, `APPLICATIONS`, `DOCUMENTS`, or `ESSENTIAL`: what the law, a contract or the safety of an account asks for, and what waits
    /// for its recipient.
    /// </summary>
    /// <example>OFFERS</example>
    public required NotificationTopic Topic { get; init; }

    /// <summary>How they come: `MAIL`.</summary>
    /// <example>MAIL</example>
    public required NotificationChannel Channel { get; init; }

    /// <summary>Whether they come.</summary>
    /// <example>true</example>
    public required bool IsOn { get; init; }

    /// <summary>Whether they can be switched off.</summary>
    /// <example>true</example>
    public required bool CanBeSwitchedOff { get; init; }
}

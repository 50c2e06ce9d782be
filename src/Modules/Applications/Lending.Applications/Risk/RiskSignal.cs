namespace Lending.Applications.Risk;

/// <summary>From which side an application is looked at.</summary>
internal enum RiskMethod
{
    /// <summary>What should never be so.</summary>
    Rules,

    /// <summary>How many applications come from the same place in a time.</summary>
    Velocity,

    /// <summary>How and when the form was filled in.</summary>
    Behaviour,

    /// <summary>With what it was sent.</summary>
    Device,

    /// <summary>From which network it was sent, and what became of other applications of who started it.</summary>
    Network,
}

/// <summary>What is looked at. Each has a number, and more is never less risk; one that nobody observed is left out.</summary>
internal enum RiskSignal
{
    /// <summary>Other customers with the same phone number who applied within 30 days.</summary>
    PhoneOfOthers,

    /// <summary>1: the e-mail address is of a provider of addresses to throw away.</summary>
    EmailDisposable,

    /// <summary>1: the e-mail address is the login of somebody of the organisation who filled in the form.</summary>
    EmailOfStaff,

    /// <summary>Applications from the same network before, in an hour.</summary>
    AddressHour,

    /// <summary>In a day.</summary>
    AddressDay,

    /// <summary>In 30 days.</summary>
    AddressMonth,

    /// <summary>Applications from the same device before, in an hour.</summary>
    DeviceHour,

    /// <summary>In a day.</summary>
    DeviceDay,

    /// <summary>In 30 days.</summary>
    DeviceMonth,

    /// <summary>Applications with the same phone number before, in an hour.</summary>
    PhoneHour,

    /// <summary>In a day.</summary>
    PhoneDay,

    /// <summary>In 30 days.</summary>
    PhoneMonth,

    /// <summary>Applications of people at the same postal address before, in an hour.</summary>
    HomeHour,

    /// <summary>In a day.</summary>
    HomeDay,

    /// <summary>In 30 days.</summary>
    HomeMonth,

    /// <summary>Applications that the same user started before, in an hour.</summary>
    StarterHour,

    /// <summary>In a day.</summary>
    StarterDay,

    /// <summary>In 30 days.</summary>
    StarterMonth,

    /// <summary>How many times as fast as reading the form was filled in.</summary>
    FormFast,

    /// <summary>How even the rhythm of the keys was; 1 is a machine's.</summary>
    KeysEven,

    /// <summary>The share of fields that were pasted.</summary>
    FieldsPasted,

    /// <summary>1: a field was filled in that people do not see.</summary>
    HoneypotFilled,

    /// <summary>1: no field was ever entered with keys or a pointer.</summary>
    NoFocus,

    /// <summary>1: it was submitted between midnight and five, by the organisation's time.</summary>
    Night,

    /// <summary>Other customers who applied with this device within 30 days.</summary>
    DeviceOfOthers,

    /// <summary>1: the browser is controlled by a program.</summary>
    Automated,

    /// <summary>The hours between the device's time zone and the organisation's.</summary>
    TimeZoneFar,

    /// <summary>1: the browser asks for another language than it says that it speaks.</summary>
    LanguageDiffers,

    /// <summary>1: the browser says of itself another system than its device has.</summary>
    SystemDiffers,

    /// <summary>By how much the share of refused applications of who started it is above that of all.</summary>
    StarterDeclined,

    /// <summary>The same of withdrawn ones.</summary>
    StarterWithdrawn,

    /// <summary>The same of those with the phone number of somebody else.</summary>
    StarterDuplicates,

    /// <summary>Applications of who started it that a person called fraud.</summary>
    StarterFraud,
}

/// <summary>What a score leads to.</summary>
internal enum RiskLevel
{
    /// <summary>Nothing.</summary>
    Continue,

    /// <summary>An offer for it is accepted with a code that is mailed to the customer.</summary>
    Code,

    /// <summary>A person looks at it before it is approved.</summary>
    Review,
}

/**
 * What a field holds.
 * `id` names a thing · `person` is about who somebody is · `words` were typed by them · `measured` comes from a
 * sensor · `place` says where · `social` ties two people · `secret` opens something · `machine` is about our own work.
 */
type Kind = 'id' | 'person' | 'words' | 'measured' | 'place' | 'social' | 'secret' | 'machine';

/** `encrypted` fields are bytes under the athlete's data key and unreadable once that is destroyed. */
type Field = Kind | `encrypted ${Kind}`;

/** Everything that one store keeps under one name, and what becomes of it for the athlete whom it is about. */
export interface Holding {
  /** Whether the athlete gets it in the export of their data. */
  readonly isExported: boolean;
  /**
   * How it goes when the athlete goes: `athlete` together with them, at once; `job` by a job that hears of it;
   * `expires` by itself; `stays` since it names nobody.
   */
  readonly erased: 'athlete' | 'job' | 'expires' | 'stays';
  readonly fields: Readonly<Record<string, Field>>;
}

/** How the parts of an activity are shared. */
const SHARING = {
  mapVisibility: 'person',
  heartRateVisibility: 'person',
  powerVisibility: 'person',
  cadenceVisibility: 'person',
  temperatureVisibility: 'person',
  hidesStartTime: 'person',
  hidesFromHomeFeed: 'person',
} as const;

/**
 * Every name under which a store keeps data. What is missing here fails `test/inventory.test.ts`, so no feature can
 * keep something that export and erasure do not know of.
 */
export const INVENTORY = {
  /** Labels of Neo4j. */
  nodes: {
    Athlete: {
      isExported: true,
      erased: 'athlete',
      fields: {
        athleteId: 'id',
        displayName: 'person',
        sex: 'person',
        birthDate: 'encrypted person',
        bodyMass: 'encrypted person',
        heartRateMaxBpm: 'measured',
        heartRateRestBpm: 'measured',
        functionalThresholdPowerWatts: 'measured',
        thresholdPaceSecondsPerKilometer: 'measured',
        timeZone: 'place',
        approvesFollowers: 'person',
        defaultVisibility: 'person',
        defaultMapVisibility: 'person',
        defaultHeartRateVisibility: 'person',
        defaultPowerVisibility: 'person',
        defaultCadenceVisibility: 'person',
        defaultTemperatureVisibility: 'person',
        defaultHidesStartTime: 'person',
        defaultHidesFromHomeFeed: 'person',
        hidesFromSignedOut: 'person',
        ageVisibility: 'person',
        bodyMassVisibility: 'person',
        heartRateLimitsVisibility: 'person',
        sexVisibility: 'person',
        thresholdsVisibility: 'person',
        timeZoneVisibility: 'person',
        homeRegion: 'place',
        homeRegionKey: 'place',
        sports: 'person',
        isRecommendable: 'person',
        isOpenToTraining: 'person',
        suggestionSoughtAt: 'machine',
        createdAt: 'machine',
        suspendedAt: 'machine',
        deletedAt: 'machine',
        version: 'machine',
        zonesVersion: 'machine',
        zonesDue: 'machine',
      },
    },
    AthleteKey: { isExported: false, erased: 'athlete', fields: { athleteId: 'id', wrapped: 'secret' } },
    Account: {
      isExported: true,
      erased: 'athlete',
      fields: {
        athleteId: 'id',
        emailHash: 'secret',
        email: 'encrypted person',
        passwordHash: 'secret',
        emailVerifiedAt: 'machine',
        contactHash: 'secret',
        findableSince: 'social',
      },
    },
    Session: {
      isExported: true,
      erased: 'athlete',
      fields: {
        sessionId: 'id',
        generation: 'machine',
        createdAt: 'machine',
        refreshedAt: 'machine',
        expiresAt: 'machine',
      },
    },
    RoleGrant: {
      isExported: true,
      erased: 'athlete',
      fields: {
        athleteId: 'id',
        role: 'machine',
        grantedAt: 'machine',
        endsAt: 'machine',
        grantedBy: 'id',
      },
    },
    Link: {
      isExported: false,
      erased: 'athlete',
      fields: {
        linkHash: 'secret',
        purpose: 'machine',
        eventId: 'id',
        createdAt: 'machine',
        expiresAt: 'machine',
      },
    },
    Upload: {
      isExported: true,
      erased: 'job',
      fields: {
        uploadId: 'id',
        athleteId: 'id',
        status: 'machine',
        fileName: 'words',
        format: 'machine',
        sha256: 'machine',
        sizeBytes: 'machine',
        name: 'words',
        description: 'words',
        visibility: 'person',
        ...SHARING,
        sport: 'measured',
        externalId: 'words',
        createdAt: 'machine',
        finishedAt: 'machine',
        duplicateOf: 'id',
        problem: 'machine',
        rescued: 'machine',
      },
    },
    Activity: {
      isExported: true,
      erased: 'job',
      fields: {
        activityId: 'id',
        athleteId: 'id',
        name: 'words',
        description: 'words',
        sport: 'measured',
        visibility: 'person',
        ...SHARING,
        source: 'machine',
        device: 'measured',
        startedAt: 'measured',
        hiddenStartedAt: 'measured',
        plainName: 'words',
        timeZone: 'place',
        elapsedSeconds: 'measured',
        movingSeconds: 'measured',
        distanceMeters: 'measured',
        climbMeters: 'measured',
        descentMeters: 'measured',
        minAltitudeMeters: 'measured',
        maxAltitudeMeters: 'measured',
        averageSpeedMetersPerSecond: 'measured',
        maxSpeedMetersPerSecond: 'measured',
        averageHeartRateBpm: 'measured',
        maxHeartRateBpm: 'measured',
        averageCadenceRpm: 'measured',
        maxCadenceRpm: 'measured',
        averagePowerWatts: 'measured',
        maxPowerWatts: 'measured',
        averageTemperatureCelsius: 'measured',
        energyKilocalories: 'measured',
        polyline: 'encrypted place',
        outline: 'encrypted place',
        whole: 'encrypted measured',
        wholePolyline: 'encrypted place',
        wholeOutline: 'encrypted place',
        publicRecordingId: 'id',
        publicChannels: 'machine',
        zonesVersion: 'machine',
        channels: 'machine',
        sampleCount: 'machine',
        createdAt: 'machine',
        version: 'machine',
      },
    },
    // A club is of all its members; it goes when it is closed.
    Club: {
      isExported: true,
      erased: 'stays',
      fields: {
        clubId: 'id',
        name: 'words',
        description: 'words',
        sport: 'words',
        place: 'words',
        placeKey: 'words',
        visibility: 'words',
        createdAt: 'machine',
        closedAt: 'machine',
        version: 'machine',
      },
    },
    Invitation: {
      isExported: false,
      erased: 'job',
      fields: {
        invitationId: 'id',
        invitationHash: 'secret',
        usesLeft: 'machine',
        createdAt: 'machine',
        expiresAt: 'machine',
      },
    },
    // The club keeps what it told; who wrote it goes with the athlete.
    Announcement: {
      isExported: true,
      erased: 'stays',
      fields: { announcementId: 'id', clubId: 'id', text: 'words', createdAt: 'machine' },
    },
    // A place, a day and a sport; it goes with the last athlete who has it.
    Habit: {
      isExported: true,
      erased: 'job',
      fields: { habitKey: 'id', sport: 'measured', weekday: 'measured', cell: 'place' },
    },
    ClubHierarchyLock: { isExported: false, erased: 'stays', fields: { name: 'machine' } },
    PrivacyZone: {
      isExported: true,
      erased: 'athlete',
      fields: { zoneId: 'id', content: 'encrypted place', createdAt: 'machine', version: 'machine' },
    },
    Event: {
      isExported: false,
      erased: 'expires',
      fields: {
        eventId: 'id',
        type: 'machine',
        key: 'id',
        payload: 'id',
        createdAt: 'machine',
        offerAt: 'machine',
        offers: 'machine',
        waitingFor: 'machine',
        failedJobs: 'machine',
        failedAt: 'machine',
      },
    },
    /** Progress of a generated village. */
    Village: {
      isExported: false,
      erased: 'stays',
      fields: { name: 'machine', batches: 'machine', until: 'machine', completedAt: 'machine' },
    },
    Migration: {
      isExported: false,
      erased: 'stays',
      fields: { version: 'machine', fileName: 'machine', checksum: 'machine', appliedAt: 'machine' },
    },
    MigrationLock: { isExported: false, erased: 'stays', fields: { name: 'machine', takenAt: 'machine' } },
  },
  /** Relationship types of Neo4j. */
  relationships: {
    FOLLOWS: pair({ followerId: 'social', followeeId: 'social' }),
    REQUESTS: pair({ followerId: 'social', followeeId: 'social' }),
    BLOCKS: pair({ blockerId: 'social', blockedId: 'social' }),
    MUTES: pair({ muterId: 'social', mutedId: 'social' }),
    DISMISSED: pair({ dismisserId: 'social', dismissedId: 'social' }),
    SUGGESTED: pair({ athleteId: 'social', itemId: 'social', kind: 'machine' }),
    HABITUALLY: {
      isExported: true,
      erased: 'job',
      fields: {
        athleteId: 'id',
        habitKey: 'place',
        times: 'measured',
        speedMetersPerSecond: 'measured',
        lastAt: 'measured',
        zonesDue: 'machine',
      },
    },
    MEMBER_OF: pair({ athleteId: 'social', clubId: 'social', role: 'social' }),
    ASKS_TO_JOIN: pair({ athleteId: 'social', clubId: 'social' }),
    BANNED_FROM: pair({ athleteId: 'social', clubId: 'social' }),
    ISSUED: bare(),
    INVITES_TO: bare(),
    ANNOUNCED: { isExported: false, erased: 'stays', fields: {} },
    WROTE: bare(),
    // Two clubs, and nobody's name.
    PART_OF: { isExported: false, erased: 'stays', fields: {} },
    ASKS_TO_BE_PART_OF: { isExported: false, erased: 'stays', fields: { since: 'machine' } },
    KEEPS: bare(),
    KEEPS_HIDDEN: bare(),
    OPENS: bare(),
    HOLDS: bare(),
    OF: bare(),
    FOR: bare(),
    UPLOADED: bare(),
    MADE: bare(),
    PERFORMED: bare(),
  },
  /** Tables of TimescaleDB; they know an activity's id and nobody's name. */
  tables: {
    recordings: ofActivity({
      started_at: 'measured',
      ended_at: 'measured',
      sample_count: 'machine',
      channels: 'machine',
      written_at: 'machine',
    }),
    samples: ofActivity({
      at: 'measured',
      elapsed_seconds: 'measured',
      distance_meters: 'measured',
      altitude_meters: 'measured',
      speed_meters_per_second: 'measured',
      heart_rate_bpm: 'measured',
      cadence_rpm: 'measured',
      power_watts: 'measured',
      temperature_celsius: 'measured',
      grade_ratio: 'measured',
    }),
    position_blocks: ofActivity({ block: 'machine', ciphertext: 'encrypted place' }),
    laps: ofActivity({
      lap: 'measured',
      start_seconds: 'measured',
      end_seconds: 'measured',
      elapsed_seconds: 'measured',
      moving_seconds: 'measured',
      distance_meters: 'measured',
      climb_meters: 'measured',
      descent_meters: 'measured',
      average_speed_meters_per_second: 'measured',
      max_speed_meters_per_second: 'measured',
      average_heart_rate_bpm: 'measured',
      max_heart_rate_bpm: 'measured',
      average_cadence_rpm: 'measured',
      max_cadence_rpm: 'measured',
      average_power_watts: 'measured',
      max_power_watts: 'measured',
    }),
    best_distances: ofActivity({
      distance_meters: 'measured',
      elapsed_seconds: 'measured',
      start_seconds: 'measured',
    }),
    best_powers: ofActivity({
      duration_seconds: 'measured',
      power_watts: 'measured',
      start_seconds: 'measured',
    }),
    // Keyed hashes: they place nobody, and once the key of an athlete is gone nothing ties them to one.
    map_cells: {
      isExported: false,
      erased: 'stays',
      fields: { cell: 'machine', athlete: 'machine', activity: 'machine' },
    },
    map_cells_progress: {
      isExported: false,
      erased: 'stays',
      fields: { row_number: 'machine', written_at: 'machine', activity_id: 'id' },
    },
    // Under pseudonyms, by which a job erases and an export finds what somebody was shown.
    recommendation_events: {
      isExported: true,
      erased: 'job',
      fields: { day: 'machine', version: 'machine', athlete: 'id', item: 'social', kind: 'social' },
    },
    // Kept as proof of who saw what. Ids of somebody who is gone name nobody any more, and their facts are unreadable.
    decisions: {
      isExported: true,
      erased: 'stays',
      fields: {
        decided_at: 'machine',
        writer: 'id',
        sequence: 'machine',
        decision_id: 'id',
        action: 'machine',
        subject_kind: 'machine',
        subject_id: 'id',
        session_id: 'id',
        standing: 'machine',
        scopes: 'machine',
        roles: 'machine',
        resource_kind: 'machine',
        resource_id: 'id',
        owner_id: 'id',
        is_listed: 'machine',
        facts: 'encrypted social',
        facts_key: 'machine',
        is_trimmed: 'machine',
        allowed: 'machine',
        revealed: 'machine',
        rules: 'machine',
        withheld: 'machine',
        bundle: 'machine',
        engine: 'machine',
        request_id: 'id',
        chain: 'machine',
      },
    },
    audit_heads: {
      isExported: false,
      erased: 'stays',
      fields: {
        writer: 'id',
        sequence: 'machine',
        chain: 'machine',
        stored_at: 'machine',
        signature: 'machine',
      },
    },
    audit_checkpoints: {
      isExported: false,
      erased: 'stays',
      fields: {
        number: 'machine',
        made_at: 'machine',
        body: 'machine',
        signature: 'machine',
        cut_before: 'machine',
        published_at: 'machine',
      },
    },
    // Sums, about nobody.
    decisions_hourly: sums({ rules: 'machine', allowed: 'machine', revealed: 'machine' }),
    decisions_per_hour: sums({ rule: 'machine', outcome: 'machine' }),
    job_runs: {
      isExported: false,
      erased: 'stays',
      fields: { job_id: 'id', started_at: 'machine', finished_at: 'machine', failure: 'machine' },
    },
    migrations: {
      isExported: false,
      erased: 'stays',
      fields: { file: 'machine', checksum: 'machine', applied_at: 'machine' },
    },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Holding>>>>;

/** Patterns of keys in Redis; what hangs on an athlete expires within two weeks, and none of it is the truth. */
export const REDIS_KEYS: readonly RegExp[] = [
  /^feed:\{[^}]+\}(:ticket)?$/, // ids of activities
  /^limit:\{[^}]*\}:(reads|writes|uploads|anonymous|follows|contacts)$/, // counts of a minute, an hour or a day
  /^failures:\{[^}]*\}:(account|address)$/, // failed log-ins of a quarter of an hour
  /^idempotency:\{[^}]*\}:[\w-]+$/, // answers of a day, encrypted
  /^\{paceline\}:/, // queues: ids alone
];

/**
 * What the object store keeps: below the folder of each athlete, encrypted, erased by a job and exported as it is;
 * and checkpoints of the audit trail, which name nobody.
 */
export const OBJECTS: readonly RegExp[] = [/^audit\/checkpoints\/\d+\/\d+$/, /^originals\/[^/]+\/[^/]+$/];

function pair(fields: Readonly<Record<string, Field>>): Holding {
  return { isExported: true, erased: 'job', fields: { ...fields, since: 'social' } };
}

function bare(): Holding {
  return { isExported: false, erased: 'job', fields: {} };
}

function sums(fields: Readonly<Record<string, Field>>): Holding {
  const shared = { hour: 'machine', action: 'machine', decisions: 'machine' } as const;
  return { isExported: false, erased: 'stays', fields: { ...shared, ...fields } };
}

function ofActivity(fields: Readonly<Record<string, Field>>): Holding {
  return { isExported: true, erased: 'job', fields: { activity_id: 'id', ...fields } };
}

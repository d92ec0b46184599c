namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Wires the first stage: pooled rows, reviewed, versioned and owned.</summary>
public static class DatanetsFeature
{
    public static WebApplicationBuilder AddDatanets(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        string starter = Path.Combine(builder.Environment.ContentRootPath, builder.Configuration["Studio:Starter"] ?? "Starter");
        services.AddSingleton(new SampleFolder(Path.Combine(starter, "datanets", "medquad-sample")));
        services.AddSingleton<DatanetLocks>();
        services.AddSingleton<DatanetRows>();
        services.AddSingleton<UploadShelf>();
        services.AddSingleton<PracticePeople>();
        services.AddSingleton<PublishVersion>();
        AddActs(services);
        services.AddSingleton<BrowseDatanets>();
        services.AddSingleton<ReadDatanet>();
        services.AddSingleton<ReadRows>();
        services.AddSingleton<ReadReview>();
        services.AddSingleton<ReadUpload>();
        services.AddSingleton<VerifyVersion>();
        services.AddSingleton<ReadRegistrations>();
        services.AddHostedService<SeedSampleDatanet>();
        return builder;
    }

    public static WebApplication MapDatanets(this WebApplication app)
    {
        app.MapUploads();
        return app;
    }

    private static void AddActs(IServiceCollection services)
    {
        services.AddSingleton<CreateDatanet>();
        services.AddSingleton<ChangeDatanet>();
        services.AddSingleton<UploadRows>();
        services.AddSingleton<MapColumns>();
        services.AddSingleton<MendRow>();
        services.AddSingleton<AddRows>();
        services.AddSingleton<RemoveWaitingRows>();
        services.AddSingleton<SubmitDatanet>();
        services.AddSingleton<ReviewDatanet>();
        services.AddSingleton<PublishNext>();
        services.AddSingleton<ContributeRows>();
        services.AddSingleton<ReviewContribution>();
        services.AddSingleton<AskForAccess>();
        services.AddSingleton<GrantAccess>();
    }
}

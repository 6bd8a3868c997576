/// What `--help` teaches beside the options.
enum SimulatorHelp {
    static let discussion = """
        With it the servers and the gateway run without an account:

          huaweicloud-simulator --port 8900 --write-env simulator.env
          ecs-mcp-server --env-file simulator.env

        When it listens it prints one line on stdout and nothing else:

          ready http://127.0.0.1:8900

        A server is pointed here by HUAWEICLOUD_SDK_REGION_<SERVICE>_<REGION> and
        HUAWEICLOUD_SDK_IAM_ENDPOINT; --write-env writes all variables it needs.

        Every request must be signed (SDK-HMAC-SHA256) with the keys below and be
        dated within 15 minutes; a bad one gets 401 APIGW.0301. Actions become jobs
        of a few seconds, in which status and task_state of the servers change;
        pipelines run for six seconds a stage. What was changed shows up in CTS.

        SIGTERM and SIGINT stop it. Exit codes: 0 clean stop, 1 cannot listen,
        2 wrong option or data.

        DATA
          --print-data shows the built-in data in the format that --data reads: an
          object with the sections below. A section that is left out is the built-in
          one. Members with ? may be left out.

          flavors: [{
            id, vcpus, memory_mb, disk_gb?, generation?, performance_type?,
            legacy_performance_type?, architecture?: x86_64 | arm64,
            status?: normal | abandon | sellout | obt | promotion,
            availability_zones?: [text] }]
          servers: [{
            id: UUID, name, flavor: id, availability_zone,
            created: 2026-01-15T08:15:30Z, updated?, status?: ACTIVE | SHUTOFF | ...,
            task_state?, image_id?, image_name?, key_name?, description?,
            enterprise_project_id?, locked?: bool, tags?: {name: text},
            metadata?: {name: text}; charging_mode: 0 on demand, 1 prepaid, 2 spot
            addresses?: [{network, address, type?: fixed | floating,
                          version?: 4 | 6, mac?}],
            volumes?: [{id, device, boot_index?: 0 = system disk,
                        delete_on_termination?: bool}],
            security_groups?: [{id, name}], fault?: {code?, message, created?},
            user_data?: base64,
            job_failure?: {code, reason}; every job on this server fails so }]
          jobs: [{
            id, type, servers: [id], status: SUCCESS | FAIL | PENDING_PAYMENT,
            age_seconds, failure?: {code, reason} }]
          pipelines: [{
            detail: what the API tells of a pipeline; id and name are needed,
            fails_at?: name of the stage in which every run fails,
            last_run?: {age_seconds, number?, trigger_type?, executor_name?, branch?,
                        commit_id?, status?: COMPLETED | FAILED | CANCELED | PAUSED |
                        SUSPEND | IGNORED} }]
          traces: [{
            age_seconds, type?: system | data,
            trace: what the API tells of a trace, without its times }]

        CONTROL (not signed; loopback only)
          GET    /_simulator/state     what there is, in numbers
          GET    /_simulator/requests  the latest requests, with status and request id
          POST   /_simulator/reset     back to the beginning
          POST   /_simulator/clock
            {"advance_seconds": 30}    jobs and runs progress at once
            {"skew_seconds": 1200}     the cloud's clock is ahead: signatures and the
                                       Date header notice
          POST   /_simulator/faults    the next matching requests fail:
            {"match": {"method": "GET", "path_prefix": "/v1/"}, "times": 2,
             "status": 503, "body": {"error_code": "X", "error_msg": "Y"}}
            also: "body_text": "<html>", "headers": {"Retry-After": "1"},
            "delay_ms": 5000, "drop": true (closes the connection),
            "execute": true (the request takes effect all the same)
          GET    /_simulator/faults    the faults that are pending
          DELETE /_simulator/faults    forgets them

          curl -d '{"advance_seconds":30}' http://127.0.0.1:8900/_simulator/clock
        """
}

import JSONRPC
import TestSupport
import Testing

@testable import ECSServer

/// The forms in which a server is returned (ecs.md §2).
@Suite struct ServerResultsTests {
    private func text(_ object: JSONObject) -> String { object.text() }

    @Test func theSummaryHasItsMembersInOrder() {
        #expect(
            text(ServerSummary.json(server(Fixtures.webRow)))
                == #"{"id":"\#(Fixtures.web)","name":"web-1","status":"ACTIVE","flavor_id":"s6.large.2","addresses":{"net-1":["192.168.0.10","203.0.113.7"]},"created":"2026-01-10T08:00:00Z","tags":["env=prod","team=web"]}"#
        )
    }

    @Test func theSummaryIsPruned() {
        let row = #"{"id":"x","name":"","status":null,"flavor":{},"addresses":{},"tags":[],"OS-EXT-STS:task_state":"powering-off"}"#
        #expect(text(ServerSummary.json(server(row))) == #"{"id":"x","task_state":"powering-off"}"#)
        #expect(text(ServerSummary.json(server("{}"))) == "{}")
    }

    @Test func emptyAddressesAndEmptyNetworksAreRemovedFromTheSummary() {
        let row = #"{"addresses":{"a":[{"addr":""},{"addr":null},{}],"b":[],"c":[{"addr":"10.0.0.1"},{"addr":""}]}}"#
        #expect(text(ServerSummary.json(server(row))) == #"{"addresses":{"c":["10.0.0.1"]}}"#)
    }

    @Test func theFullServerHasEveryMemberInOrder() {
        let expected =
            #"{"id":"\#(Fixtures.web)","name":"web-1","status":"ACTIVE","flavor_id":"s6.large.2","addresses":{"net-1":["#
            + #"{"addr":"192.168.0.10","type":"fixed","version":"4","mac":"fa:16:3e:00:00:01"},"#
            + #"{"addr":"203.0.113.7","type":"floating","version":"4","mac":"fa:16:3e:00:00:01"}]},"#
            + #""created":"2026-01-10T08:00:00Z","tags":["env=prod","team=web"],"#
            + #""flavor":{"id":"s6.large.2","name":"s6.large.2","vcpus":"2","ram":"4096","disk":"0"},"image_id":"img-1","power_state":1,"#
            + #""availability_zone":"af-south-1a","updated":"2026-01-11T09:30:00Z","key_name":"ops-key","description":"front end","#
            + #""enterprise_project_id":"0","host_id":"h-1","volumes_attached":["#
            + #"{"id":"vol-0","device":"/dev/vda","boot_index":"0","delete_on_termination":"true"},"#
            + #"{"id":"vol-1","device":"/dev/vdb","boot_index":null,"delete_on_termination":"false"}],"#
            + #""security_groups":[{"id":"sg-1","name":"default"}],"#
            + #""metadata":{"charging_mode":"0","vpc_id":"v-1","admin_pass":"***MASKED***","os_bit":"64"}}"#
        #expect(text(FullServer.json(server(Fixtures.webRow))) == expected)
    }

    @Test func theFullServerIsPruned() {
        #expect(text(FullServer.json(server("{}"))) == "{}")
        #expect(text(FullServer.json(server(#"{"id":"x","OS-EXT-STS:power_state":0}"#))) == #"{"id":"x","power_state":0}"#)
    }

    @Test func nullMembersEmptyRowsAndEmptyNetworksAreRemovedFromFullAddresses() {
        let row = #"{"addresses":{"a":[{}],"b":[],"c":[{"addr":"10.0.0.1","version":4},{"OS-EXT-IPS:type":null}]}}"#
        #expect(text(FullServer.json(server(row))) == #"{"addresses":{"c":[{"addr":"10.0.0.1","version":"4"}]}}"#)
    }

    @Test func aFlavorHasAllFiveMembersAndItsNumbersAreTexts() {
        let row = #"{"flavor":{"id":"f","vcpus":2,"ram":4096}}"#
        #expect(
            text(FullServer.json(server(row)))
                == #"{"flavor_id":"f","flavor":{"id":"f","name":null,"vcpus":"2","ram":"4096","disk":null}}"#
        )
    }

    @Test func volumesAndSecurityGroupsHaveAllTheirMembers() {
        let row =
            #"{"os-extended-volumes:volumes_attached":[{"id":"v","bootIndex":0,"delete_on_termination":true}],"security_groups":[{"name":"n"}]}"#
        #expect(
            text(FullServer.json(server(row)))
                == #"{"volumes_attached":[{"id":"v","device":null,"boot_index":"0","delete_on_termination":"true"}],"security_groups":[{"id":null,"name":"n"}]}"#
        )
    }

    @Test(arguments: ["adminPass", "db_password", "SECRET", "user_data", "access_key", "passw0rd_token"])
    func metadataUnderASensitiveNameIsMasked(_ name: String) {
        let full = FullServer.json(server("{\"metadata\":{\"\(name)\":\"hunter2\",\"access_key_id\":\"AK\"}}"))
        #expect(text(full) == "{\"metadata\":{\"\(name)\":\"***MASKED***\",\"access_key_id\":\"AK\"}}")
    }

    @Test func userDataIsNeverReturned() {
        let full = text(FullServer.json(server(Fixtures.webRow)))
        #expect(!full.contains("user_data"))
        #expect(!full.contains("c2VjcmV0"))
    }

    @Test func theStatusIsPrunedAndKeepsZero() {
        let row = #"{"id":"x","name":"n","status":"SHUTOFF","OS-EXT-STS:task_state":null,"OS-EXT-STS:power_state":0}"#
        #expect(text(ServerStatus.json(server(row), id: "X")) == #"{"server_id":"X","name":"n","status":"SHUTOFF","power_state":0}"#)
    }

    @Test func aFlavorRowHasAllMembersNullWhenUnknown() {
        #expect(
            Flavor([:]).json.text()
                == #"{"id":null,"name":null,"vcpus":null,"ram_mb":null,"disk_gb":null,"generation":null,"performance_type":null,"status":null}"#
        )
        let row = object(
            #"{"id":"f","name":"n","vcpus":2,"ram":"4096","disk":40,"os_extra_specs":{"ecs:generation":"s6","hws:performancetype":"computingv3","cond:operation:status":"sellout"}}"#
        )
        #expect(
            Flavor(row).json.text()
                == #"{"id":"f","name":"n","vcpus":"2","ram_mb":4096,"disk_gb":"40","generation":"s6","performance_type":"computingv3","status":"sellout"}"#
        )
    }

    @Test func thePerformanceTypeOfEcsComesFirst() {
        let both = object(#"{"os_extra_specs":{"hws:performancetype":"old","ecs:performancetype":"normal"}}"#)
        #expect(Flavor(both).performanceType == "normal")
        #expect(Flavor(object(#"{"os_extra_specs":{"ecs:performancetype":null,"hws:performancetype":"old"}}"#)).performanceType == "old")
    }

    @Test func aJobHasAllMembersNullWhenUnknown() {
        #expect(
            Job([:]).json.text()
                == #"{"job_id":null,"job_type":null,"status":null,"begin_time":null,"end_time":null,"error_code":null,"fail_reason":null,"message":null,"code":null,"server_id":null,"nic_id":null,"sub_jobs_total":null,"sub_jobs":[]}"#
        )
    }

    @Test func aJobTakesServerNicAndTotalFromItsEntities() {
        let body = object(
            #"{"job_id":"j","job_type":"stopServer","status":"SUCCESS","begin_time":"b","end_time":"e","error_code":null,"fail_reason":"","message":"m","code":3,"server_id":"not this one","entities":{"server_id":"s","nic_id":"n","sub_jobs_total":"2","sub_jobs":[]}}"#
        )
        #expect(
            Job(body).json.text()
                == #"{"job_id":"j","job_type":"stopServer","status":"SUCCESS","begin_time":"b","end_time":"e","error_code":null,"fail_reason":"","message":"m","code":"3","server_id":"s","nic_id":"n","sub_jobs_total":2,"sub_jobs":[]}"#
        )
    }

    @Test(arguments: [
        (#"{}"#, "null"), (#"{"entities":null}"#, "null"), (#"{"entities":"x"}"#, "null"), (#"{"entities":{}}"#, "{}"),
        (
            #"{"entities":{"errorcode_message":"m","server_id":"s","nic_id":null,"other":1}}"#,
            #"{"server_id":"s","errorcode_message":"m"}"#
        ),
        (#"{"entities":[{"server_id":"a"},3,{"nic_id":"b"}]}"#, #"[{"server_id":"a"},{"nic_id":"b"}]"#),
    ])
    func aSubJobKeepsTheKnownEntitiesThatAreNotNull(_ row: String, _ entities: String) {
        #expect(SubJob(object(row)).entities.text() == entities)
    }

    @Test func subJobsThatAreNoObjectsAreSkipped() {
        let body = object(#"{"entities":{"sub_jobs":[1,{"job_id":"a","status":"FAIL","error_code":"Ecs.0100"},null]}}"#)
        #expect(
            Job(body).json["sub_jobs"]?.text()
                == #"[{"job_id":"a","job_type":null,"status":"FAIL","begin_time":null,"end_time":null,"error_code":"Ecs.0100","fail_reason":null,"entities":null}]"#
        )
    }
}

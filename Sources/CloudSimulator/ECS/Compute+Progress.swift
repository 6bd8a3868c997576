extension Compute {
    /// Lets everything happen that is due, in the order in which it is due.
    mutating func settle(clock: WorkClock, now: Timestamp) {
        let work = clock.work(at: now)
        while let (job, part, time) = nextEvent(), time <= work {
            let moment = min(clock.wall(of: time), now)
            if activeJobs[job].parts[part].status == .initial {
                begin(job, part, at: moment)
            } else {
                finish(job, part, at: moment)
            }
            if activeJobs[job].status.isFinal { retire(job) }
        }
    }

    private func nextEvent() -> (job: Int, part: Int, time: WorkTime)? {
        var earliest: (job: Int, part: Int, time: WorkTime)?
        for (jobIndex, job) in activeJobs.enumerated() {
            for (partIndex, part) in job.parts.enumerated() {
                guard let time = part.nextEvent, earliest.map({ time < $0.time }) ?? true else { continue }
                earliest = (jobIndex, partIndex, time)
            }
        }
        return earliest
    }

    private mutating func begin(_ job: Int, _ part: Int, at moment: Timestamp) {
        activeJobs[job].parts[part].status = .running
        activeJobs[job].parts[part].began = moment
        let begun = activeJobs[job].parts[part]
        guard begun.effect != .none, let index = index(of: begun.serverID) else { return }
        switch begun.effect {
        case .reboot(let hard): servers[index].status = hard ? .hardRebooting : .rebooting
        case .resize:
            servers[index].status = .resizing
            servers[index].taskState = "resize_migrating"
        case .start, .stop, .delete, .none: break
        }
        servers[index].updated = moment
    }

    private mutating func finish(_ job: Int, _ part: Int, at moment: Timestamp) {
        let done = activeJobs[job].parts[part]
        activeJobs[job].parts[part].ended = moment
        activeJobs[job].parts[part].status = done.failure == nil ? .success : .failed
        guard done.effect != .none, let index = index(of: done.serverID) else { return }
        servers[index].taskState = nil
        servers[index].updated = moment
        if done.failure == nil {
            apply(done.effect, to: index)
        } else {
            restore(index, after: done.effect)
        }
    }

    private mutating func apply(_ effect: JobEffect, to index: Int) {
        switch effect {
        case .start, .reboot:
            servers[index].status = .active
        case .stop:
            servers[index].status = .shutOff
            servers[index].fault = nil
        case .resize(let flavor, let restarts):
            servers[index].flavorID = flavor
            servers[index].status = restarts ? .active : .shutOff
        case .delete(let releasesAddresses, let deletesDataDisks):
            let server = servers.remove(at: index)
            if !releasesAddresses { unboundAddresses += server.addresses.filter { $0.kind == .floating }.map(\.address) }
            if !deletesDataDisks { detachedVolumes += server.volumes.filter { !$0.isSystemDisk } }
        case .none: break
        }
    }

    /// Puts the status back to what it was before a job that failed.
    private mutating func restore(_ index: Int, after effect: JobEffect) {
        switch effect {
        case .reboot: servers[index].status = .active
        case .resize(_, let restarts): servers[index].status = restarts ? .active : .shutOff
        case .start, .stop, .delete, .none: break
        }
    }

    private mutating func retire(_ job: Int) {
        finishedJobs.append(activeJobs.remove(at: job))
        if finishedJobs.count > Self.rememberedJobs { finishedJobs.removeFirst(finishedJobs.count - Self.rememberedJobs) }
    }
}

package io.thetascope.scaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;

/**
 * Studies on a deployment, event by event. What a run asks of the analyzers it asks for at its end; a run's facts reach the read
 * model at its end too, which is the worst case for both. Without failures.
 */
final class Simulation {
    private final Deployment deployment;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final JobWindow trainJobs;
    private final Map<Long, Job> queued = new HashMap<>();
    private final Deque<Double> analyses = new ArrayDeque<>();
    private final Tally tally = new Tally();
    private int idleTrainers;
    private int idleAnalyzers;
    private long unfinished;
    private double now;
    private double readModelFree;
    private long sequence;

    private Simulation(Deployment deployment, List<StudyLoad> studies) {
        this.deployment = deployment;
        this.trainJobs = new JobWindow(deployment.window());
        this.idleTrainers = deployment.working(deployment.trainers());
        this.idleAnalyzers = deployment.working(deployment.analyzers());
        this.unfinished = studies.stream().mapToLong(StudyLoad::runs).sum();
    }

    /** Runs studies that are all posted at once. */
    static Figures of(Deployment deployment, List<StudyLoad> studies) {
        Simulation simulation = new Simulation(deployment, studies);
        for (StudyLoad study : studies) {
            Study standing = new Study(study);
            simulation.at(0, () -> simulation.lookForRoom(standing));
        }
        while (!simulation.events.isEmpty()) {
            Event event = simulation.events.remove();
            simulation.advance(event.time());
            event.action().run();
        }
        return simulation.tally.figures(deployment.trainers());
    }

    private record Event(double time, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Double.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private record Job(Study study, RunLoad run, boolean base, double sentAt) {}

    /** How far a study is. */
    private static final class Study {
        private final StudyLoad load;
        private int next;
        private int waiting; // base runs that the read model believes to be in the queue

        Study(StudyLoad load) {
            this.load = load;
        }
    }

    private void at(double delay, Runnable action) {
        events.add(new Event(now + delay, sequence++, action));
    }

    private void advance(double time) {
        boolean training = unfinished > 0;
        int busy = deployment.working(deployment.trainers()) - idleTrainers;
        tally.pass(time - now, training, busy, trainJobs.isStalled() && idleTrainers > 0);
        now = time;
    }

    private void lookForRoom(Study study) {
        topUp(study);
        if (study.next < study.load.bases().size()) {
            at(deployment.topUpSeconds(), () -> lookForRoom(study));
        }
    }

    private void topUp(Study study) {
        List<RunLoad> bases = study.load.bases();
        while (study.waiting < deployment.queuedBaseRuns() && study.next < bases.size()) {
            study.waiting++;
            send(new Job(study, bases.get(study.next++), true, now));
        }
        handOut();
    }

    private void send(Job job) {
        queued.put(trainJobs.append(), job);
        tally.queued(trainJobs.waiting());
    }

    private void handOut() {
        while (idleTrainers > 0 && trainJobs.hasJob()) {
            long offset = trainJobs.take();
            Job job = Objects.requireNonNull(queued.remove(offset));
            idleTrainers--;
            tally.waited(now - job.sentAt());
            project(deployment.factSeconds(), () -> {
                if (job.base()) {
                    job.study().waiting--;
                }
            });
            at(job.run().seconds(), () -> ended(offset, job));
        }
    }

    private void ended(long offset, Job job) {
        trainJobs.acknowledge(offset);
        idleTrainers++;
        unfinished--;
        tally.trained(now);
        if (job.base()) {
            for (int child = 0; child < job.study().load.children(); child++) {
                send(new Job(job.study(), job.run(), false, now));
            }
        }
        for (int analysis = 0; analysis < job.run().analyses(); analysis++) {
            analyses.add(job.run().analysisSeconds());
        }
        tally.analyses(analyses.size());
        double own = (job.run().facts() - 1) * deployment.factSeconds();
        project(own + deployment.endSeconds(), () -> topUp(job.study()));
        handOut();
        analyse();
    }

    private void analyse() {
        while (idleAnalyzers > 0 && !analyses.isEmpty()) {
            idleAnalyzers--;
            at(analyses.remove(), () -> {
                idleAnalyzers++;
                tally.analysed();
                project(deployment.endSeconds(), () -> {});
                analyse();
            });
        }
    }

    /** The read model applies one fact after another. */
    private void project(double seconds, Runnable then) {
        readModelFree = Math.max(now, readModelFree) + seconds;
        tally.lag(readModelFree - now);
        at(readModelFree - now, () -> {
            tally.end(now);
            then.run();
        });
    }
}

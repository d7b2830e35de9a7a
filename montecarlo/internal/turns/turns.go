//go:build unix

// Package turns compares the speed of functions in one process, on a machine that others
// may be using.
package turns

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Turn is what one of several runs took: of processor time, and by the clock.
type Turn struct {
	Taken
	Clock Taken
}

// Taken is how long a run took, in nanoseconds.
type Taken struct {
	Median, Fastest float64 // one turn in twenty is faster than the fastest
	// Ratio is the median of how many times the first run of the same round it took.
	Ratio float64
}

// Take runs each of the runs once in every round: a machine that slows down slows
// them all.
func Take(rounds int, runs ...func()) []Turn {
	processor, clock := newTimes(len(runs)), newTimes(len(runs))
	for range rounds {
		for i, run := range runs {
			before, began := ProcessorTime(), time.Now()
			run()
			clock.add(i, time.Since(began))
			processor.add(i, ProcessorTime()-before)
		}
	}
	turns := make([]Turn, len(runs))
	for i := range runs {
		turns[i] = Turn{processor.of(i), clock.of(i)}
	}
	return turns
}

// times are what the runs took in every round by one clock, in nanoseconds.
type times struct{ each, ratios [][]float64 }

func newTimes(runs int) *times { return &times{make([][]float64, runs), make([][]float64, runs)} }

// add takes down one turn; the runs of a round come in order.
func (t *times) add(run int, took time.Duration) {
	t.each[run] = append(t.each[run], float64(took))
	first := t.each[0][len(t.each[0])-1]
	t.ratios[run] = append(t.ratios[run], float64(took)/first)
}

func (t *times) of(run int) Taken {
	each, ratios := slices.Sorted(slices.Values(t.each[run])), slices.Sorted(slices.Values(t.ratios[run]))
	return Taken{each[len(each)/2], each[len(each)/20], ratios[len(ratios)/2]}
}

// ProcessorTime is the time that this process has used on all processors.
func ProcessorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// Processor is the name of the processor, or else its architecture.
func Processor() string {
	file, _ := os.ReadFile("/proc/cpuinfo") // where there is one
	for line := range strings.Lines(string(file)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

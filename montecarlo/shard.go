package montecarlo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Shard is one of several equal ranges of a run's replications, so that they
// can be run apart, on as many machines, and merged. It is written "3/16".
type Shard struct {
	Index int // from 1 to Of
	Of    int // how many shards there are
}

// String returns the shard as it is written: "3/16".
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

// MarshalText writes the shard: "3/16".
func (s Shard) MarshalText() ([]byte, error) {
	if err := s.validate(); err != nil {
		return nil, err
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads a shard: "3/16". After an error it is as it was.
func (s *Shard) UnmarshalText(text []byte) error {
	index, of, found := strings.Cut(string(text), "/")
	i, notIndex := strconv.Atoi(index)
	n, notOf := strconv.Atoi(of)
	if !found || notIndex != nil || notOf != nil || index != strconv.Itoa(i) || of != strconv.Itoa(n) { // 03/16 is not plain
		return shardError(string(text), "write which one of how many, as in 3/16")
	}
	read := Shard{i, n}
	if err := read.validate(); err != nil {
		return err
	}
	*s = read
	return nil
}

// validate returns an error for a shard that no run has.
func (s Shard) validate() error {
	switch {
	case s.Of < 1 || s.Of > maxReplications:
		return shardError(s.String(), fmt.Sprintf("there can be from 1 to %d shards", maxReplications))
	case s.Index < 1 || s.Index > s.Of:
		return shardError(s.String(), fmt.Sprintf("the shards are 1/%d to %d/%d", s.Of, s.Of, s.Of))
	}
	return nil
}

// span returns the shard's replications, counted from 0: from up to but not
// including to. The ranges of all shards tile the replications, and differ in
// length by at most one. The shard must be valid.
func (s Shard) span(replications int) (from, to int) {
	edge := func(i int) int { return int(int64(i) * int64(replications) / int64(s.Of)) }
	return edge(s.Index - 1), edge(s.Index)
}

// shardError says what is wrong with a shard, and what to write.
func shardError(given, problem string) error { return fmt.Errorf("shard %q: %s", given, problem) }

// RunShard runs one shard of a run: the replications of its range, as [Run]
// with the same options would have. [MergeFrom] puts the parts together.
//
// Options.Progress counts the shard's replications. Options.MemoryLimit bounds
// the values of the shard, beyond which there is an error, and it says
// how the merged result keeps those of the whole run. Options.Keep is an error,
// because parts hold no tallies. If the context ends first there is no part, and
// the error wraps the context's.
func RunShard(ctx context.Context, v *scenario.Version, o Options, shard Shard) (*Part, error) {
	if ctx == nil {
		return nil, errNoContext
	}
	if o.Keep {
		return nil, errors.New("a shard cannot keep its tallies: leave Options.Keep out, or run all replications at once")
	}
	if o.Common != nil || o.DailyCash {
		return nil, errors.New("a shard does not record what a run has in common with others, or its cash by day: run all replications at once")
	}
	if o.Until != nil {
		return nil, errors.New("a shard is a part of a known number of replications, and Options.Until finds that number: run it first, and shards of as many")
	}
	r, err := plan(v, o)
	if err != nil {
		return nil, err
	}
	if err := r.limitTo(shard); err != nil {
		return nil, err
	}
	part := r.part()
	part.Shard, part.From, part.To = shard, r.from, r.to
	if _, err := part.header(); err != nil {
		return nil, err // before hours are spent
	}
	tallies, err := r.simulate()
	if err != nil {
		return nil, err
	}
	width := len(r.centre)
	part.values = make([]float64, (r.to-r.from)*width)
	complete := r.replicate(ctx, tallies, r.from, r.to, func(first int, rows []float64) {
		copy(part.values[(first-r.from)*width:], rows)
	})
	if err := r.failed.Load(); err != nil {
		return nil, *err
	}
	if complete < r.to {
		return nil, fmt.Errorf("shard %v stopped after %d of %d replications: %w", shard, complete-r.from, r.to-r.from, context.Cause(ctx))
	}
	part.Redrawn = r.redrawn.Load()
	return part, nil
}

// limitTo limits a run to the replications of a shard.
func (r *runner) limitTo(s Shard) error {
	if err := s.validate(); err != nil {
		return err
	}
	total := r.options.Replications
	if s.Of > total {
		return shardError(s.String(), fmt.Sprintf("there are only %d replications to divide", total))
	}
	r.from, r.to = s.span(total)
	if needs := r.bytes(r.to - r.from); needs > r.options.MemoryLimit {
		each := max(1, int(r.options.MemoryLimit/r.bytes(1))) // replications
		return memoryError(needs, r.options.MemoryLimit, fmt.Sprintf("divide the run into %d shards or more", (total+each-1)/each))
	}
	return nil
}

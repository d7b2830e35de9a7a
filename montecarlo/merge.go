package montecarlo

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// MergeFrom puts the parts of a run, as [Part.WriteTo] wrote them, together, in any
// order. The result is, byte for byte, that of one [Run] of all replications with
// the same options, of which nothing was kept: it has its values but cannot be
// repriced. The version must be the one that the parts were run for.
//
// The error joins every reason why the parts are not one run, among them a
// *GapError for every range of replications that is missing, and one for every
// file that cannot be read.
//
// Files are not trusted. What a part says of itself is held against the length of
// its file before memory is asked for, and against the sum at its end; its first
// replication is run again and must be the same to the last bit.
//
// It reads the descriptions from one file after another, and then the values, so
// that no more are in memory than the result holds. A file whose length is not known,
// as that of a pipe, is read whole when its turn for the description comes, and is held
// in memory until then.
func MergeFrom(v *scenario.Version, files ...io.Reader) (*Result, error) {
	var sources []source
	var faults []error
	for i, r := range files {
		if r == nil {
			faults = append(faults, fmt.Errorf("part %d is missing: give the files that shards wrote", i+1))
			continue
		}
		f, err := openPart(r)
		if err != nil {
			faults = append(faults, numbered(i, err))
			continue
		}
		name := cmp.Or(f.name, fmt.Sprintf("part %d", i+1))
		values := func(take func([]float64) error) error { return numbered(i, f.values(take)) }
		sources = append(sources, source{f.part, name, f.part.count(), values})
	}
	if len(faults) > 0 {
		return nil, errors.Join(once(faults)...)
	}
	return merge(v, sources)
}

// numbered names a file that has no name by its place.
func numbered(i int, err error) error {
	if file, ok := errors.AsType[*partFileError](err); ok && file.Name == "" {
		file.Name = fmt.Sprintf("part %d", i+1)
	}
	return err
}

// source is a part that is to be merged.
type source struct {
	*Part
	name   string // that errors know it by
	held   int64  // how many values it has
	values func(take func([]float64) error) error
}

func (s source) String() string { return fmt.Sprintf("%s (shard %v)", s.name, s.Shard) }

func merge(v *scenario.Version, sources []source) (*Result, error) {
	if len(sources) == 0 {
		return nil, errors.New("there is no part to merge: give one for every shard")
	}
	r, err := plan(v, usual(sources).options())
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(sources, func(a, b source) int { return cmp.Compare(a.From, b.From) })
	if err := r.oneRun(sources); err != nil {
		return nil, err
	}
	if err := r.makeRoom(); err != nil {
		return nil, err
	}
	in, err := newIntake(r)
	if err != nil {
		return nil, err
	}
	var faults []error
	for _, s := range sources {
		take := in.take
		if len(faults) > 0 { // only whether the file is whole is still of interest
			take = func([]float64) error { return nil }
		}
		in.again = s.From
		if err := s.values(take); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	r.condense(in.filled)
	for _, s := range sources {
		r.redrawn.Add(s.Redrawn)
	}
	if err := r.splitMerged(); err != nil {
		return nil, err
	}
	return r.summarise(r.options.Replications), nil
}

// settings are the options that all parts of a run must share.
type settings struct {
	seed         uint64
	replications int
	engine       lives.Engine
	prices       contract.Prices
	quantiles    string
	totalsOnly   bool
	fixedRates   bool
	fromLaws     bool
	memoryLimit  int64
}

// usual returns the part whose settings most parts have, so that a stranger
// among them is told from the rest wherever it is listed.
func usual(sources []source) *Part {
	count := map[settings]int{}
	most := sources[0].Part
	for _, s := range sources {
		key := s.settings()
		count[key]++
		if count[key] > count[most.settings()] {
			most = s.Part
		}
	}
	return most
}

func (p *Part) settings() settings {
	return settings{p.Seed, p.Replications, p.Engine, p.Prices, fmt.Sprint(p.Quantiles), p.TotalsOnly, p.FixedRates, p.Unconditioned, p.MemoryLimit}
}

func (p *Part) options() Options {
	return Options{
		Seed: p.Seed, Replications: p.Replications, Engine: p.Engine, Prices: p.Prices, Quantiles: p.Quantiles, TotalsOnly: p.TotalsOnly, FixedRates: p.FixedRates, Unconditioned: p.Unconditioned,
		MemoryLimit: p.MemoryLimit,
	}
}

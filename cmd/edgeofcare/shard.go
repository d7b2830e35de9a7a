package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
)

// sharding is the flags that run a part of the replications.
type sharding struct {
	Shard  *montecarlo.Shard `help:"Run one of several equal parts of the replications, as in 3/16, and write it to a file for edgeofcare merge." placeholder:"N/OF"`
	Output string            `short:"o" help:"The file that --shard writes." placeholder:"FILE"`
}

// asked tells whether a part of the replications is to be run.
func (s *sharding) asked() bool { return s.Shard != nil || s.Output != "" }

// run runs the shard and writes its part. The file has its name only when it is
// whole.
func (s *sharding) run(to *streams, p *model.Programme, o montecarlo.Options) (err error) {
	if s.Shard == nil || s.Output == "" {
		return errors.New("--shard and --output go together, as in --shard 3/16 -o part3: a shard prints nothing, and a whole run writes no file")
	}
	unfinished := s.Output + ".unfinished"
	file, err := os.Create(unfinished) // first, so that hours are not spent for a folder that cannot be written
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(unfinished))
		}
	}()
	part, err := montecarlo.RunShard(to.ctx, p, o, *s.Shard)
	if err == nil {
		_, err = part.WriteTo(file)
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(unfinished, s.Output); err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "%s written: shard %v, replications %d to %d of %d\n", s.Output, s.Shard, part.From+1, part.To, part.Replications)
	return err
}

// mergeCommand puts the parts of a run together.
type mergeCommand struct {
	source
	Parts  []string      `arg:"" help:"The files that edgeofcare run --shard wrote, in any order." placeholder:"FILE"`
	Case   string        `help:"The case that was run; the file's first unless told otherwise." placeholder:"CASE"`
	Format report.Format `short:"f" help:"table, json, csv or markdown." enum:"table,json,csv,markdown" default:"table"`
}

// Help is shown by edgeofcare merge --help.
func (mergeCommand) Help() string {
	return `The case, --with and --set must be those that the shards were run with. What is
printed is what one run of all replications prints.

Examples:
  edgeofcare run dn2 --case high -n 1000000 --shard 1/2 -o part1
  edgeofcare run dn2 --case high -n 1000000 --shard 2/2 -o part2
  edgeofcare merge dn2 --case high part1 part2`
}

// Run merges the parts and prints the figures as edgeofcare run does.
func (c *mergeCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	p, err := c.programme(d, c.Case)
	if err != nil {
		return err
	}
	var files []io.Reader
	for _, name := range c.Parts {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		files = append(files, file)
	}
	result, err := montecarlo.MergeFrom(p, files...)
	if err != nil {
		return err
	}
	return printRun(to, c.Format, result, p)
}

// printRun prints the figures of a run.
func printRun(to *streams, f report.Format, result *montecarlo.Result, p *model.Programme) error {
	if f == report.JSON {
		return writeJSON(to, result)
	}
	return report.Write(to.out, f, report.Options{}, report.Run(result, p)...)
}

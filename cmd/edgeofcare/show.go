package main

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/warn"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// showCommand shows a programme.
type showCommand struct {
	programmeFlags
	oneCase
	outputFlags
}

// Help is shown by edgeofcare show --help.
func (showCommand) Help() string {
	return versionsHelp + `

Examples:
  edgeofcare show dn2
  edgeofcare show dn2 --case low
  edgeofcare show dn2 -o register.csv`
}

// Run shows the programme and the register of its inputs.
func (c *showCommand) Run(to *streams) error {
	v, err := c.openOne(to, c.Case, &c.outputFlags)
	if err != nil {
		return err
	}
	return c.write(to, v, report.Programme(v)...)
}

// validateCommand checks a programme file.
type validateCommand struct {
	Programme string `arg:"" help:"A YAML file, or a name in the library."`
}

// Help is shown by edgeofcare validate --help.
func (validateCommand) Help() string {
	return `The file is read with all its cases and variants. Exit code 3 says that it has faults.
Warnings name what is no fault and may still be a mistake, with the amount at stake; the
exit code is then 0.

Examples:
  edgeofcare validate mine.yaml`
}

// Run reads the file with all its cases and variants and lists every fault.
func (c *validateCommand) Run(to *streams) error {
	d, err := c.read(to)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "%s: no faults in the programme, its %s and its %s\n", words.Printable(c.Programme),
		words.Plural(len(d.Cases()), "case"), words.Plural(len(d.Variants()), "variant"))
	if err != nil {
		return err
	}
	if err := c.uncertain(to, d); err != nil {
		return err
	}
	return c.warn(to, d)
}

// read reads the programme and checks all of it, that of the library as well, which
// other commands take as it is.
func (c *validateCommand) read(to *streams) (*scenario.Document, error) {
	d, err := openDocument(to, c.Programme)
	if err != nil || isPath(c.Programme) {
		return d, err
	}
	name := c.Programme + ".yaml"
	file, err := scenario.Library().Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return scenario.Read(name, file)
}

// uncertain says how many inputs are uncertain.
func (c *validateCommand) uncertain(to *streams, d *scenario.Document) error {
	v, err := d.Version("")
	if err != nil {
		return err
	}
	text := "no input says how well it is known, so that ranges and probabilities are at these rates"
	if n := len(v.Programme.Uncertain); n > 0 {
		text = words.Plural(n, "uncertain input") + ", drawn anew in each replication: edgeofcare show lists what is known of each"
	}
	_, err = fmt.Fprintf(to.out, "%s: %s\n", words.Printable(c.Programme), text)
	return err
}

// warn writes what is no fault and may still be a mistake, each once with the cases that
// have it.
func (c *validateCommand) warn(to *streams, d *scenario.Document) error {
	found, err := warn.File(d)
	if err != nil {
		return err
	}
	for _, w := range found {
		for i, line := range words.Wrap(words.Printable(w.String()), 98) {
			if i > 0 {
				line = "  " + line
			}
			if _, err := fmt.Fprintln(to.out, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// listCommand lists the library.
type listCommand struct{ outputFlags }

// Help is shown by edgeofcare list --help.
func (listCommand) Help() string {
	return `Examples:
  edgeofcare list
  edgeofcare list --format markdown`
}

// Run lists every programme with its cases and variants.
func (c *listCommand) Run(to *streams) error {
	var tables []report.Table
	for _, info := range scenario.List() {
		d, err := scenario.Open(info.Name)
		if err != nil {
			return err
		}
		tables = append(tables, programmeTable(info, d))
	}
	return c.write(to, nil, tables...)
}

// initCommand writes a file to start from.
type initCommand struct {
	File string `arg:"" optional:"" help:"The file to write. Default: programme.yaml." default:"programme.yaml"`
}

// Help is shown by edgeofcare init --help.
func (initCommand) Help() string {
	return `A file that is there already is left as it is.

Examples:
  edgeofcare init
  edgeofcare init mine.yaml`
}

// Run writes the template; it never overwrites a file.
func (c *initCommand) Run(to *streams) error {
	if !isPath(c.File) {
		return misused("a plain name such as %s is read as one of the library: write %s.yaml, or ./%s", c.File, c.File, c.File)
	}
	file, err := to.files.createNew(c.File)
	if err != nil {
		return err
	}
	if _, err := file.Write(scenario.Template()); err != nil {
		return err
	}
	if err := file.finish(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "%s written. Next: edgeofcare validate %s, then edgeofcare compare %s\n", words.Printable(c.File), words.Printable(c.File), words.Printable(c.File))
	return err
}

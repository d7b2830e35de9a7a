package scenario_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func readFile(t *testing.T, file string) (*scenario.Document, error) {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return scenario.Read(filepath.Base(file), bytes.NewReader(text))
}

func good(t *testing.T) *scenario.Document {
	t.Helper()
	d, err := readFile(t, "testdata/good.yaml")
	require.NoError(t, err)
	return d
}

func goodText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/good.yaml")
	require.NoError(t, err)
	return string(text)
}

func template(t *testing.T) *scenario.Document {
	t.Helper()
	d, err := readTemplate()
	require.NoError(t, err)
	return d
}

var readTemplate = sync.OnceValues(func() (*scenario.Document, error) {
	return scenario.Read("template.yaml", bytes.NewReader(scenario.Template()))
})

func dn2(t *testing.T) *scenario.Document {
	t.Helper()
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	return d
}

// changed returns the good file with something put in and something added at
// the end.
func changed(t *testing.T, end string, oldNew ...string) *scenario.Document {
	t.Helper()
	d, err := scenario.Read("x.yaml", strings.NewReader(strings.NewReplacer(oldNew...).Replace(goodText(t))+"\n"+end))
	require.NoError(t, err)
	return d
}

// programmeOf returns the programme of a version.
func programmeOf(t require.TestingT, d *scenario.Document, text string, edits ...scenario.Edit) *model.Programme {
	v, err := d.Version(text, edits...)
	require.NoError(t, err)
	return v.Programme
}

// programme applies edits to the template and returns what comes out.
func programme(t *testing.T, edits ...scenario.Edit) *model.Programme {
	t.Helper()
	p := programmeOf(t, template(t), "", edits...)
	return p
}

func names(infos []scenario.CaseInfo) []string {
	var all []string
	for _, info := range infos {
		all = append(all, info.Name)
	}
	return all
}

// stressed applies a stress to a case.
func stressed(t *testing.T, d *scenario.Document, caseName, stress string) *model.Programme {
	t.Helper()
	return programmeOf(t, d, caseName+" + "+stress)
}

// input returns the line of the register of a path.
func input(t *testing.T, p *model.Programme, path string) model.Input {
	t.Helper()
	for _, line := range p.Register {
		if string(line.Path) == path {
			return line
		}
	}
	require.Fail(t, "no such line", path)
	return model.Input{}
}

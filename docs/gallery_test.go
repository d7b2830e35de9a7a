package docs_test

import (
	"bytes"
	"flag"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/plot"
	"github.com/edgeofcare/edgeofcare/scenario"
)

var update = flag.Bool("update", false, "write the sections of the gallery anew from its drawings")

// drawable is one chart that the command draws.
type drawable struct{ name, answer string }

// drawables are the charts in the command's own list.
func drawables(t *testing.T) []drawable {
	t.Helper()
	var all []drawable
	for _, found := range regexp.MustCompile(`(?m)^\t\{"([a-z-]+)", "([^"]+)", `).FindAllStringSubmatch(read(t, "../cmd/edgeofcare/charts.go"), -1) {
		all = append(all, drawable{found[1], found[2]})
	}
	require.Greater(t, len(all), 10, "the charts were not found in charts.go")
	return all
}

// The gallery has every chart, with what it answers and the drawing's own
// alternative text.
func TestGallery(t *testing.T) {
	page := read(t, "gallery.md")
	intro, _, found := strings.Cut(page, "\n## ")
	require.True(t, found)
	want := strings.TrimRight(intro, "\n") + "\n"
	for _, one := range drawables(t) {
		want += section(t, one)
	}
	if *update {
		require.NoError(t, os.WriteFile("gallery.md", []byte(want), 0o644))
		page = want
	}
	require.Equal(t, want, page, "run go test ./docs -run Gallery -update")

	files, err := filepath.Glob("gallery/*")
	require.NoError(t, err)
	require.Len(t, files, len(drawables(t)), "a drawing is of no chart that there is")
	size := 0
	for _, file := range files {
		size += len(read(t, file))
	}
	require.Less(t, size, 1_750_000, "bytes in all")
}

var (
	drawnTitle = regexp.MustCompile(`<title>(.*)</title>`)
	drawnAlt   = regexp.MustCompile(`<desc>(.*)</desc>`)
)

// section is the part of the page on one chart.
func section(t *testing.T, one drawable) string {
	t.Helper()
	file := "gallery/" + one.name + ".svg"
	drawing := read(t, file)
	title, alt := drawnTitle.FindStringSubmatch(drawing), drawnAlt.FindStringSubmatch(drawing)
	require.NotNil(t, title, file)
	require.NotNil(t, alt, file)
	require.NotContains(t, alt[1], "]", "it would end the text of a picture in Markdown")
	return "\n## `" + one.name + "`: " + html.UnescapeString(title[1]) + "\n\n" + one.answer + "\n\n![" + html.UnescapeString(alt[1]) + "](" + file + ")\n"
}

// A chart that needs no run is drawn again to the same bytes.
func TestGalleryIsStable(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skip("the last digits differ between architectures")
	}
	document, err := scenario.Open("dn2")
	require.NoError(t, err)
	projection, err := montecarlo.Central(version(t, document, ""), contract.Constant)
	require.NoError(t, err)
	figure, err := plot.Occupancy("", projection)
	require.NoError(t, err)
	var drawn bytes.Buffer
	require.NoError(t, figure.Write(&drawn, plot.SVG))
	require.True(t, read(t, "gallery/occupancy.svg") == drawn.String(), "run edgeofcare plot dn2 --all -o docs/gallery and look at what has changed")
}

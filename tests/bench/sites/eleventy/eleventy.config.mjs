// The same pages, addresses and feeds as Byline's pelicanconf.py gives; nothing is minified.
const perPage = 10;
const perFeed = 20;
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const grouped = (posts, keys) => {
  const groups = new Map();
  for (const post of posts) {
    for (const key of keys(post)) groups.set(key, [...(groups.get(key) ?? []), post]);
  }
  return [...groups].map(([name, posts]) => ({ name, posts })).sort((one, other) => (one.name < other.name ? -1 : 1));
};

const paged = (groups, address) =>
  groups.flatMap(({ name, posts }) => {
    const pages = Math.ceil(posts.length / perPage);
    const at = (number) => (number === 0 ? `${address(name)}` : `${address(name)}page/${number + 1}/`);
    return Array.from({ length: pages }, (_, number) => ({
      name,
      address: at(number),
      posts: posts.slice(number * perPage, (number + 1) * perPage),
      newer: number > 0 ? at(number - 1) : "",
      older: number + 1 < pages ? at(number + 1) : "",
    }));
  });

export default function (eleventy) {
  const newest = (api) => api.getFilteredByGlob("content/posts/*.md").reverse();
  const tags = (post) => post.data.terms;
  const category = (post) => [post.data.category];
  const feeds = (groups, room) => groups.map((group) => ({
    ...group, feed: `feeds/${room}/${group.name.toLowerCase()}.atom.xml`, posts: group.posts.slice(0, perFeed),
  }));

  eleventy.addCollection("newest", newest);
  eleventy.addCollection("home", (api) => paged([{ name: "Newest posts", posts: newest(api) }], () => "/"));
  eleventy.addCollection("terms", (api) => grouped(newest(api), tags));
  eleventy.addCollection("categories", (api) => grouped(newest(api), category));
  eleventy.addCollection("years", (api) => grouped(newest(api), (post) => [`${post.date.getUTCFullYear()}`]).reverse());
  eleventy.addCollection("lists", (api) => [
    ...paged(grouped(newest(api), tags), (name) => `/tag/${name.toLowerCase()}/`),
    ...paged(grouped(newest(api), category), (name) => `/category/${name.toLowerCase()}/`),
  ]);
  eleventy.addCollection("feeds", (api) => [
    { name: "Bench", feed: "feeds/atom.xml", posts: newest(api).slice(0, perFeed) },
    ...feeds(grouped(newest(api), tags), "tag"),
    ...feeds(grouped(newest(api), category), "category"),
  ]);
  eleventy.addFilter("first", (posts) => posts.slice(0, perFeed));
  eleventy.addFilter("iso", (date) => date.toISOString());
  eleventy.addFilter("rfc822", (date) => date.toUTCString());
  eleventy.addFilter("day", (date) => days.format(date));
  eleventy.addFilter("json", JSON.stringify);
  eleventy.addFilter("lower", (text) => text.toLowerCase());
  eleventy.amendLibrary("md", (markdown) => markdown.set({ html: true, typographer: true }));
  eleventy.addPassthroughCopy("style.css");
  return { dir: { input: "content", includes: "../_includes" }, htmlTemplateEngine: "njk", markdownTemplateEngine: false };
}

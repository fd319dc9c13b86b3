export * from "./poor-picture.js";
